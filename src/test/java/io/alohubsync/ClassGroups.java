package io.alohubsync;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Groups of top-level classes in which each uses each other, perhaps by way of others: Tarjan's
 * strongly connected components.
 */
final class ClassGroups {

    private final Map<String, Set<String>> uses;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> lows = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final List<Set<String>> groups = new ArrayList<>();

    private ClassGroups(Map<String, Set<String>> uses) {
        this.uses = uses;
    }

    /**
     * @param constants classes whose constants a class makes use of: its bytecode does not show them
     * @return groups of two and more, by simple names
     */
    static Set<Set<String>> of(JavaClasses program, Map<String, Set<String>> constants) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass one : program) {
            Set<String> used = uses.computeIfAbsent(topLevel(one), name -> new TreeSet<>());
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                if (program.contain(
                        dependency.getTargetClass().getBaseComponentType().getName())) {
                    used.add(topLevel(dependency.getTargetClass().getBaseComponentType()));
                }
            }
        }
        constants.forEach((name, used) ->
                uses.computeIfAbsent(name, none -> new TreeSet<>()).addAll(used));
        return of(uses);
    }

    static Set<Set<String>> of(Map<String, Set<String>> uses) {
        ClassGroups found = new ClassGroups(uses);
        uses.keySet().stream().filter(name -> !found.numbers.containsKey(name)).forEach(found::visit);
        return Set.copyOf(found.groups);
    }

    private static String topLevel(JavaClass one) {
        return one.getName().split("\\$", 2)[0];
    }

    private void visit(String name) {
        int number = numbers.size();
        numbers.put(name, number);
        lows.put(name, number);
        open.push(name);
        for (String used : uses.getOrDefault(name, Set.of())) {
            if (!numbers.containsKey(used)) {
                visit(used);
                lows.merge(name, lows.get(used), Math::min);
            } else if (open.contains(used)) {
                lows.merge(name, numbers.get(used), Math::min);
            }
        }
        if (lows.get(name) == number) {
            Set<String> group = new TreeSet<>();
            String member;
            do {
                member = open.pop();
                group.add(member.substring(member.lastIndexOf('.') + 1));
            } while (!member.equals(name));
            if (group.size() > 1) {
                groups.add(group);
            }
        }
    }
}
