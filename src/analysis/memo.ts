/** How many names one question remembers the answers for; then it starts anew. */
const MAX_NAMES = 5000;

/**
 * Remembers what is said of names. The same names come up all over a program, and telling their words
 * apart is the larger part of asking about them.
 */
export function byName<Answer>(ask: (name: string) => Answer): (name: string) => Answer {
  const answers = new Map<string, Answer>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined || answers.has(name)) return known as Answer;
    const answer = ask(name);
    if (answers.size >= MAX_NAMES) answers.clear();
    answers.set(name, answer);
    return answer;
  };
}

/** Remembers what is worked out from an object that never changes, for as long as there is one. */
export function byObject<Key extends object, Answer>(
  ask: (key: Key) => Answer,
): (key: Key) => Answer {
  const answers = new WeakMap<Key, { readonly answer: Answer }>();
  return (key) => {
    let known = answers.get(key);
    if (known === undefined) answers.set(key, (known = { answer: ask(key) }));
    return known.answer;
  };
}
