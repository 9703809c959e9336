/** `numbered("A.6.", 8)`: A.6.1 to A.6.8. */
export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}
