// Refreshes the parts of a page that are marked as live, every few seconds, while the page is visible and no field has the focus. Without this
// script each page works as it is.
(() => {
  "use strict";
  const every = 5000;
  let timer;
  let running = false;

  const isLive = () => document.querySelector("[data-live]") !== null;

  const busy = () => {
    const element = document.activeElement;
    return element && element.closest("[data-live]") && /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
  };

  // Says since when the figures are old. A screen reader says it once: the text stays the same.
  const note = document.getElementById("stale");
  const say = (text) => {
    if (note.textContent !== text) {
      note.textContent = text;
    }
  };

  const focusable = "a, button, input, select, textarea, summary, [tabindex]";

  // Leads or goes to the same place, wherever it stands by now.
  const isLike = (one, other) =>
    one.tagName === other.tagName && ["href", "name", "value"].every((name) => one.getAttribute(name) === other.getAttribute(name));

  // What the reader has opened or closed is no change.
  function keepOpen(part, next) {
    const details = next.querySelectorAll("details");
    part.querySelectorAll("details").forEach((own, i) => details[i]?.toggleAttribute("open", own.open));
  }

  // The focus of the keyboard and the place in tables that are scrolled sideways stay as they are.
  function replace(part, next) {
    const active = document.activeElement;
    const like = () => [...part.querySelectorAll(focusable)].filter((one) => isLike(one, active));
    const focus = like().indexOf(active);
    const places = [...part.querySelectorAll(".scroll")].map((table) => [table.scrollLeft, table.scrollTop]);
    const own = part.scrollLeft;
    part.replaceChildren(...next.childNodes);
    part.scrollLeft = own;
    places.forEach((place, i) => part.querySelectorAll(".scroll")[i]?.scrollTo(...place));
    like()[focus]?.focus({ preventScroll: true });
  }

  async function refresh() {
    if (running || document.hidden || !isLive() || busy()) {
      return;
    }
    running = true;
    try {
      // Of a form that was declined, not its own address, which can't be read
      const answer = await fetch(document.body.dataset.here, { headers: { "X-Refresh": "1" }, credentials: "same-origin", redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        location.reload(); // the login is over
        return;
      }
      if (answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of document.querySelectorAll("[data-live]")) {
          const next = fresh.getElementById(part.id);
          if (next) {
            keepOpen(part, next);
            if (next.innerHTML !== part.innerHTML) {
              replace(part, next);
            }
            part.toggleAttribute("data-live", next.hasAttribute("data-live")); // it may have come to its end
          }
        }
        schedule();
        const footer = fresh.querySelector("footer");
        if (footer) {
          document.querySelector("footer").replaceChildren(...footer.childNodes);
        }
        note.dataset.text = fresh.getElementById("stale")?.dataset.text ?? note.dataset.text;
      }
      say(answer.ok ? "" : note.dataset.text);
    } catch (away) {
      say(note.dataset.text);
    } finally {
      running = false;
    }
  }

  function schedule() {
    clearInterval(timer);
    if (!document.hidden && isLive()) {
      timer = setInterval(refresh, every);
    }
  }

  document.addEventListener("visibilitychange", () => {
    schedule();
    refresh();
  });
  schedule();
})();
