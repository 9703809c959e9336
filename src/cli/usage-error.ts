/** What the person who typed the command can put right: said without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
