import type { Core } from "../core.ts";
import { madeOf } from "../answers/function-roles.ts";
import type { Use } from "../flow/use.ts";
import { calleeName, enclosingFunction, parentOf, staticKey } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { isGuard } from "./guarded.ts";
import { isForRequest, WHO } from "./identity-targets.ts";

/**
 * Does a claim that says who somebody is name the file or object that a server writes:
 * `fs.writeFile(`photos/${claims.sub}.png`, photo)`? Then it says whose is replaced.
 */
export function namesWhatIsWritten(core: Core, use: Use, claim: string | undefined): boolean {
  const { node, boxes } = use;
  if (claim === undefined || !WHO.test(claim) || !isSameEachTime(core, node)) return false;
  const by = use.by as CallNode;
  const name = calleeName(by);
  if (boxes.length === 1)
    return boxes[0] === "Key" && WRITES_OBJECT.test(name) && isForRequest(core, by);
  if (boxes.length > 0 || by.type === "NewExpression") return false;
  if (WRITES_FILE.test(name)) return by.arguments[0] === node && isForRequest(core, by);
  const namer = namerAround(by);
  if (namer === undefined || by.arguments[1] !== node) return false;
  const done = namer.params.at(-1);
  const isDone = done?.type === "Identifier" && name === done.name;
  return isDone && !isBehindGuard(core, namer);
}

const WRITES_FILE =
  /^(?:(?:fs|fsp|fse|fsPromises|fs\.promises)\.)?(?:writeFile|writeFileSync|createWriteStream)$/u;

const WRITES_OBJECT = /(?:^|\.)(?:PutObjectCommand|Upload|putObject|upload)$/u;

/** Is nothing in the name that is another one each time? A file of such a name takes the place of no other. */
function isSameEachTime(core: Core, node: Node): boolean {
  const written = core.fileOf(node).text.slice(...node.range) + madeOf(core, node);
  return !/Date|time|uuid|random|nanoid|cuid|hash|original|file_?name/iu.test(written);
}

/** `filename: (req, file, done) => …` of multer's storages, which calls back with the name. */
function namerAround(node: Node): FunctionNode | undefined {
  const owner = enclosingFunction(node);
  const property = owner === undefined ? undefined : parentOf(owner);
  if (property?.type !== "Property") return undefined;
  const storage = parentOf(property.parent);
  return /^(?:filename|key)$/u.test(staticKey(property.key, property.computed) ?? "") &&
    storage?.type === "CallExpression" &&
    /(?:^|\.)(?:diskStorage|multerS3)$/u.test(calleeName(storage))
    ? owner
    : undefined;
}

/** `router.post("/photo", authenticate, upload.single("photo"))`: what stands before has seen the token. */
function isBehindGuard(core: Core, namer: FunctionNode): boolean {
  const { called } = core.fileOf(namer).index;
  return ["single", "array", "fields", "any"].some((name) =>
    (called.get(name) ?? []).some((upload) => {
      const route = parentOf(upload);
      if (route?.type !== "CallExpression") return false;
      const before = route.arguments.filter(({ range }) => range[1] <= upload.range[0]);
      return before.some((one) => isGuard(core, one));
    }),
  );
}
