import type { Core } from "../core.ts";
import { calledName } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { memberName, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { table } from "../table.ts";
import { propertyAlong, propertyOf } from "./members.ts";
import { choice, possibilities, stringOf } from "./value.ts";
import type { ModuleValue, ObjectValue, PropertyValue, Value } from "./value.ts";

/**
 * Settings that a schema describes are what the environment holds, or the default that the schema
 * gives them: `convict({ key: { env: "KEY", default: "…" } })`, `cleanEnv(process.env, { KEY: str(…) })`,
 * `z.object({ KEY: z.string().default("…") }).parse(process.env)`.
 */

/** Packages whose function takes the schema, by how it is called, and where the schema is then. */
const MAKERS: Readonly<
  Record<string, (given: readonly Value[]) => readonly (Value | undefined)[]>
> = table({
  "envalid.cleanEnv": ([, schema]) => [schema],
  "@t3-oss/env-core.createEnv": ([options]) => parts(options),
  "@t3-oss/env-nextjs.createEnv": ([options]) => parts(options),
  "@t3-oss/env-nuxt.createEnv": ([options]) => parts(options),
});

function parts(options: Value | undefined): Value[] {
  if (options?.type !== "object") return [];
  return ["server", "shared"].flatMap((name) => options.properties.get(name)?.value ?? []);
}

/** The settings that a call of a package's function makes, or undefined where it makes none. */
export function describedSettings(
  core: Core,
  { specifier, path }: ModuleValue,
  node: CallNode,
  given: () => readonly Value[],
): Value | undefined {
  if (specifier === "convict") {
    const [schema] = given();
    return schema?.type === "object" ? group(core, schema, node) : undefined;
  }
  const name = [specifier, ...path.filter((part) => part !== "default")].join(".");
  const schemas = MAKERS[name]?.(given());
  return schemas && flat(core, schemas, node);
}

/** Methods of a schema by which it is given what it is to look at. */
const READS =
  /^(?:parse|parseAsync|safeParse|safeParseAsync|validate|validateAsync|validateSync|attempt|cast|assert)$/u;

/** `schema.parse(process.env)`, `v.parse(schema, process.env)`, `Joi.attempt(process.env, schema)` */
export function settingsOfSchema(
  core: Core,
  node: CallNode,
  name: string,
  receiver: Node,
): Value | undefined {
  if (!READS.test(name)) return undefined;
  const given = node.arguments.filter((one) => one.type !== "SpreadElement");
  const source = given.find((one) => isWholeEnvironment(core.evaluate(one)));
  if (source === undefined) return undefined;
  const schema = given.find((one) => one !== source && fieldsOf(core, one).length > 0) ?? receiver;
  const fields = fieldsOf(core, schema);
  if (fields.length === 0) return undefined;
  const settings = flat(core, fields, node);
  // What holds them beside a verdict: `data` of zod, `value` of Joi, `output` of valibot.
  const held: PropertyValue = { value: settings, node, certain: true };
  const names = name.startsWith("safe") ? ["data", "output"] : name === "validate" ? ["value"] : [];
  const properties = new Map(settings.properties);
  for (const one of names) properties.set(one, held);
  return { ...settings, properties };
}

/** `config.get("jwt.secret")`, `config.getProperties()` of convict. */
export function convictMethod(
  core: Core,
  receiver: Value,
  name: string,
  node: CallNode,
): Value | undefined {
  if (receiver.type !== "object" || receiver.node.type !== "CallExpression") return undefined;
  const maker = core.evaluate(receiver.node.callee);
  if (maker.type !== "module" || maker.specifier !== "convict") return undefined;
  if (/^(?:getProperties|load|loadFile|validate)$/u.test(name)) return receiver;
  const [asked] = node.arguments;
  const path = name !== "get" || asked === undefined ? undefined : stringOf(core.evaluate(asked));
  return path === undefined ? undefined : propertyAlong(core, receiver, path.split("."), node);
}

function isWholeEnvironment(value: Value): boolean {
  return value.type === "environment" && value.name === undefined;
}

/** The objects of fields that a schema is made of: `z.object({ … }).extend({ … })`. */
function fieldsOf(core: Core, written: Node): ObjectValue[] {
  const found: ObjectValue[] = [];
  for (const one of possibilities(core.evaluate(written))) {
    let node: Node = one.type === "unknown" ? unwrap(one.node) : unwrap(written);
    while (node.type === "CallExpression") {
      const [first] = node.arguments;
      if (first !== undefined && MAKES_OBJECT.test(calledName(node) ?? "")) {
        const fields = core.evaluate(first);
        if (fields.type === "object") found.unshift(fields);
      }
      const callee = unwrap(node.callee);
      const next = callee.type === "MemberExpression" ? unwrap(callee.object) : callee;
      node = initOf(core.fileOf(next), next) ?? next;
    }
  }
  return found;
}

const MAKES_OBJECT = /^(?:object|strictObject|looseObject|keys|extend|append|safeExtend)$/u;

/** Settings of one level, each of which a variable of the same name holds. */
function flat(core: Core, schemas: readonly (Value | undefined)[], node: Node): ObjectValue {
  const properties = new Map<string, PropertyValue>();
  for (const schema of schemas) {
    if (schema?.type !== "object") continue;
    for (const [name, { node: property }] of schema.properties) {
      const field = property.type === "Property" ? property.value : undefined;
      const preset = field && presetOf(core, field);
      const value = setting(node, name, preset);
      properties.set(name, { value, node: property, certain: true });
    }
  }
  return { type: "object", node, properties, open: true };
}

/** The settings of convict: groups of groups, down to those that say what they are. */
function group(core: Core, schema: ObjectValue, node: Node): ObjectValue {
  const properties = new Map<string, PropertyValue>();
  for (const [name, property] of schema.properties) {
    const { value } = property;
    if (value.type !== "object") continue;
    const preset = value.properties.get("default")?.value;
    const variable = value.properties.get("env")?.value;
    const isLeaf = preset !== undefined && preset.type !== "object";
    properties.set(name, {
      ...property,
      value: isLeaf
        ? setting(node, variable === undefined ? "*" : stringOf(variable), preset)
        : group(core, value, node),
    });
  }
  return { type: "object", node, properties, open: true };
}

function setting(node: Node, name: string | undefined, preset: Value | undefined): Value {
  const read: Value = { type: "environment", node, name, source: "config" };
  return preset === undefined || preset.type === "function" ? read : choice(node, [read, preset]);
}

/** `z.string().min(8).default("…")`, `str({ default: "…" })`, `v.optional(v.string(), "…")` */
function presetOf(core: Core, written: Node): Value | undefined {
  const named = unwrap(written);
  let node = initOf(core.fileOf(named), named) ?? named;
  while (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    const [first, second] = node.arguments;
    const name = calledName(node) ?? "";
    if (/^(?:default|catch|prefault)$/u.test(name) && first !== undefined) {
      return core.evaluate(first);
    }
    if (/^(?:optional|nullish|nullable)$/u.test(name) && second !== undefined) {
      return core.evaluate(second);
    }
    if (first?.type === "ObjectExpression") {
      const preset = propertyOf(core, core.evaluate(first), "default", first);
      if (preset.type === "literal" && preset.value !== undefined) return preset;
    }
    node = callee.type === "MemberExpression" ? unwrap(callee.object) : callee;
  }
  return undefined;
}

/** Does a text stand where a schema says what holds when nothing is set? */
export function isPreset({ parent }: Node): boolean {
  if (parent?.type === "CallExpression") {
    const callee = unwrap(parent.callee);
    const name = callee.type === "MemberExpression" ? memberName(callee) : undefined;
    return (
      name !== undefined && /^(?:default|catch|prefault|optional|nullish|nullable)$/u.test(name)
    );
  }
  return (
    parent?.type === "Property" && parent.key.type === "Identifier" && parent.key.name === "default"
  );
}
