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
