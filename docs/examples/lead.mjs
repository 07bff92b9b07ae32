// Alohub's own call, with the address and the token of alohub-sync. With axios where it is installed, else with Node's fetch.
const url = `${process.env.INTAKE_URL}/api/crm/lead`;
const headers = { accept: '*/*', Authorization: process.env.INTAKE_TOKEN, 'Content-Type': 'application/json' };
const lead = { phone: '0868793800', email: 'bang@gmail.com', name: 'bang do' };

const axios = await import('axios').then((module) => module.default, () => null);
if (axios) {
  const answer = await axios.post(url, lead, { headers });
  console.log(JSON.stringify(answer.data));
} else {
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(lead) });
  console.log(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
}
