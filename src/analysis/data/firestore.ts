import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import type { Use } from "../flow/use.ts";
import { calleeName, dottedPath, memberName, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";

/**
 * Documents of Firestore and places of the Realtime Database, which are chosen by what their paths say: the clients
 * of a server (firebase-admin, `@google-cloud/firestore`), before which no rules stand, and those of the web.
 */

/** Does the value choose one: `collection("users").doc(id)`, ``db.doc(`users/${id}`)``, `ref(db, "users/" + id)`? */
export function isDocumentPath(core: Core, use: Use): boolean {
  const call = use.kind === "text" ? parentOf(wrapped(use.by)) : use.by;
  if (call?.type !== "CallExpression") return false;
  const callee = unwrap(call.callee);
  if (callee.type === "Identifier") return isOfWeb(core, callee);
  if (callee.type !== "MemberExpression") return false;
  const name = memberName(callee) ?? "";
  return CHOOSES.test(name) && isOfDatabase(core, callee.object);
}

const CHOOSES = /^(?:doc|ref|child)$/u;

/** `doc` and `ref` of `firebase/firestore` and `firebase/database` (10), which are given the database first. */
function isOfWeb(core: Core, callee: TSESTree.Identifier): boolean {
  const source = importSource(core.fileOf(callee).variableOf(callee))?.value ?? "";
  return CHOOSES.test(callee.name) && /^@?firebase\/(?:firestore|database)/u.test(source);
}

/** `db.collection("users")`, `admin.firestore()`, `getFirestore()`, `db.ref("users")`, and a name that holds one */
function isOfDatabase(core: Core, written: Node, hops = 2): boolean {
  const node = unwrap(written);
  if (node.type === "CallExpression")
    return /(?:^|\.)(?:collection|collectionGroup|(?:get)?[fF]irestore|(?:get)?[dD]atabase|ref|child)$/u.test(
      calleeName(node),
    );
  const init = node.type === "Identifier" ? initOf(core.fileOf(node), node) : undefined;
  if (init !== undefined && hops > 0) return isOfDatabase(core, init, hops - 1);
  const name = dottedPath(node)?.at(-1) ?? "";
  return /^(?:fire)?(?:store|base)?_?db$|firestore|collection$/iu.test(name);
}
