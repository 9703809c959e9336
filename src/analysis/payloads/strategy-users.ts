import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceFile } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { dottedPath, isFunction, isNullish, staticKey, textOf, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { isRecordSecret } from "./sensitive-names.ts";

/**
 * Do the strategies of passport that the file registers give no more than a few fields as the user:
 * `passport.use(new LocalStrategy((name, password, done) => done(null, { id: 1, name })))`? What another file
 * registers is not known.
 *
 * @param name of the strategy that is asked, such as `local`
 */
export function givesFewFields(file: SourceFile, name: string): boolean {
  const owners = (file.index.called.get("use") ?? []).flatMap(
    ({ callee, arguments: [first, second] }) => {
      if (!/passport/iu.test(dottedPath(callee)?.[0] ?? "")) return [];
      const called = textOf(first);
      if (called !== undefined && called !== name) return [];
      const strategy = unwrap((called === undefined ? first : second) ?? callee);
      const verify = strategy.type === "NewExpression" ? strategy.arguments.at(-1) : undefined;
      return verify === undefined ? [] : [unwrap(verify)];
    },
  );
  return (
    owners.length > 0 && owners.every((owner) => isFunction(owner) && givesFieldsOf(file, owner))
  );
}

function givesFieldsOf(file: SourceFile, owner: FunctionNode): boolean {
  const done = owner.params.at(-1);
  if (done?.type !== "Identifier") return false;
  const reads = readsOf(file, done);
  const users = reads.flatMap((read): Node[] => {
    const by = read.parent;
    // Whoever is handed the callback may give anything.
    if (by?.type !== "CallExpression" || by.callee !== read) return [read];
    const user = by.arguments[1];
    return user === undefined || isNobody(user) ? [] : [unwrap(user)];
  });
  return users.length > 0 && users.every((user) => isFewFields(user));
}

function isNobody(user: Node): boolean {
  return isNullish(user) || (user.type === "Literal" && user.value === false);
}

function isFewFields(user: Node): user is TSESTree.ObjectExpression {
  return (
    user.type === "ObjectExpression" &&
    user.properties.every(
      (one) =>
        one.type === "Property" && !isRecordSecret(staticKey(one.key, one.computed) ?? "password"),
    )
  );
}
