import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isLogStatement } from "./logging.ts";
import { leaves } from "./results.ts";

/**
 * Does a catch answer some errors of a verification, and go on with the others:
 * `catch (error) { if (error.name === "TokenExpiredError") return res.sendStatus(401); }`? jsonwebtoken (9)
 * throws an expired token as `TokenExpiredError` and a forged one as `JsonWebTokenError`, of which the first
 * is an instance as well.
 */
export function answersSomeErrors(core: Core, handler: TSESTree.CatchClause): boolean {
  const { text } = core.fileOf(handler);
  const { body } = handler.body;
  const asked = body.filter((statement) => statement.type === "IfStatement");
  const tests = asked.map(({ test }) => text.slice(...test.range)).join("\n");
  const isOnly = body.every((statement) =>
    statement.type === "IfStatement"
      ? statement.alternate === null &&
        leaves(core, statement.consequent) &&
        KIND.test(text.slice(...statement.test.range))
      : isLogStatement(statement),
  );
  const isOfAll =
    /instanceof\s+[\w.]*JsonWebTokenError/u.test(tests) ||
    (tests.includes("JsonWebTokenError") && tests.includes("Expired"));
  return isOnly && asked.length > 0 && !isOfAll;
}

/** What is asked about the kind of an error, and nothing else beside it. */
const KIND =
  /^[\w.?]+\.(?:name|code|message)\s*===?\s*["'`][\w ]+["'`]$|^\w+\s+instanceof\s+[\w.]*Error$/u;
