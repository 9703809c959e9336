import type { SourceFile } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import {
  bases,
  calleeName,
  dottedPath,
  memberName,
  rootOf,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";

/**
 * Calls that look at the form of what a client says, and give it back: `schema.parse(req.body)`. They ask nobody who
 * he is, and what they give is what the client says.
 */

/** Packages that make schemas (zod 4, joi 18, yup 1, valibot 1, superstruct 2), in their older names as well. */
const PACKAGES =
  /^(?:zod(?:\/.*)?|joi|@hapi\/joi|joi-browser|yup|valibot|superstruct|myzod|@sinclair\/typebox|typebox)$/u;

/** What schemas are called that a program reads a request by, where another module makes them. */
const SCHEMAS =
  /(?:[sS]chema|[bB]ody|[iI]nput|[dD]to|DTO|[vV]alidator|[pP]ayload|[pP]arams|[qQ]uery)$/u;

/** Functions that are told the schema beside the value: `v.parse(Login, req.body)`, `create(req.body, Login)`. */
const FUNCTIONS: readonly (readonly [source: RegExp, name: RegExp, position: number])[] = [
  [/^valibot$/u, /^(?:parse|safeParse)(?:Async)?$/u, 1],
  [/^superstruct$/u, /^(?:create|mask|assert|validate|is)$/u, 0],
  [/^(?:@hapi\/)?joi$/u, /^(?:attempt|assert|validate)$/u, 0],
  [/^class-transformer$/u, /^plainTo(?:Instance|Class)$/u, 1],
  [/^class-validator$/u, /^validate(?:OrReject|Sync)?$/u, 0],
];

/** What a call looks at the form of. */
export function formOf(file: SourceFile, call: CallNode): Node | undefined {
  const callee = unwrap(call.callee);
  const source = sourceOf(file, rootOf(callee));
  const known = source === undefined ? undefined : functionOf(source, callee);
  if (known !== undefined) return call.arguments[known[2]];
  const [given] = call.arguments;
  if (callee.type !== "MemberExpression" || given === undefined) return undefined;
  const method = memberName(callee) ?? "";
  // zod's alone
  if (/^safeParse(?:Async)?$/u.test(method)) return given;
  if (!/^(?:parse|validate|cast)(?:Async|Sync)?$/u.test(method)) return undefined;
  return isSchema(file, callee.object, method) ? given : undefined;
}

function functionOf(source: string, callee: Node): (typeof FUNCTIONS)[number] | undefined {
  const name = dottedPath(callee)?.at(-1) ?? "";
  return FUNCTIONS.find(([from, called]) => from.test(source) && called.test(name));
}

function isSchema(file: SourceFile, written: Node, method: string): boolean {
  const node = unwrap(written);
  if (node.type === "CallExpression") return isSchemaMade(file, node);
  // A `validator` that validates may look for more than the form.
  const name = dottedPath(node)?.at(-1) ?? "";
  if (method.startsWith("parse") ? SCHEMAS.test(name) : /(?:[sS]chema|[dD]to|DTO)$/u.test(name))
    return true;
  const init = node.type === "Identifier" ? initOf(file, node) : undefined;
  return init?.type === "CallExpression" && isSchemaMade(file, init);
}

/** Steps of a schema that call functions of the program: what these ask nobody can see. */
const OWN_STEPS = /\.(?:refine|superRefine|check|transform|custom|external|test|pipe)\(/u;

function isSchemaMade(file: SourceFile, made: CallNode): boolean {
  return isPartOfSchema(file, made) && !OWN_STEPS.test(file.text.slice(...made.range));
}

/** `z.string().min(8)`, and each call of it. */
export function isPartOfSchema(file: SourceFile, call: CallNode): boolean {
  let at: Node = unwrap(call.callee);
  while (at.type === "MemberExpression" || at.type === "CallExpression")
    at = unwrap(at.type === "MemberExpression" ? at.object : at.callee);
  if (at.type !== "Identifier") return false;
  // Some frameworks hand `z` out themselves.
  return at.name === "z" || PACKAGES.test(sourceOf(file, at) ?? "");
}

function sourceOf(file: SourceFile, name: Node): string | undefined {
  return name.type === "Identifier" ? importSource(file.variableOf(name))?.value : undefined;
}

/** What the parts of an expression are read from, also through a look at their form. */
export function readFrom(file: SourceFile, written: Node): Node[] {
  return bases(written, (call) => formOf(file, call));
}

/** What makes a handler that looks at the form of a request … */
const VALIDATES =
  /^(?:validat(?:e|or)(?:Request|Body|Schema|Input|Data|Dto)?|celebrate|z?Validator|checkSchema)$/u;

/** … by what it is given. */
const FORM = /schema|dto$|^(?:z|yup|joi)\./iu;

/** Parts of the options of a route that say which form a request and its answer have, or document it. */
const FORM_PARTS =
  /^(?:schema|body|query|params|headers|cookie|response|detail|tags|summary|description)$/u;

/** `validate(loginSchema)`, `{ body: t.Object({ … }) }`: it asks nobody who he is. */
export function isFormOfRoute(written: Node): boolean {
  const node = unwrap(written);
  if (node.type === "ObjectExpression")
    return node.properties.every(
      (one) => one.type === "Property" && FORM_PARTS.test(staticKey(one.key, one.computed) ?? ""),
    );
  return (
    node.type === "CallExpression" &&
    VALIDATES.test(pathOf(node).split(".").at(-1) ?? "") &&
    node.arguments.every((one) => textOf(one) !== undefined || FORM.test(pathOf(one))) &&
    node.arguments.some((one) => FORM.test(pathOf(one)))
  );
}

/** `z.object` of `z.object({ … })`, `loginSchema` of itself */
function pathOf(node: Node): string {
  return node.type === "CallExpression" ? calleeName(node) : (dottedPath(node)?.join(".") ?? "");
}
