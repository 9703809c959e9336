import type { Core } from "../core.ts";
import {
  dottedPath,
  enclosingFunction,
  isClass,
  isFunction,
  memberName,
  parentOf,
  propertyValue,
  rootOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { madeBy } from "../values/made-by.ts";
import { possibilities } from "../values/value.ts";
import { importSource } from "../values/whole-files.ts";

/** How it is known that a look-up gives a promise, or a query that has to be awaited as well. */
export type Pending =
  /** The function or the model is in sight, or the file itself waits for another look-up of it. */
  | "for-sure"
  /** Nothing but its way of asking says so, so what is read of it may be there. */
  | "by-way-of-asking";

/**
 * Does a call give a promise: of an async function, or of a mapper? A store of the same words may answer at once:
 * `users.find((one) => …)`, `db.get("users").find({ name }).value()`, a class of models that keeps them in a file.
 */
export function pendingLookUp(core: Core, call: CallNode): Pending | undefined {
  // A callback takes the answer.
  if (call.arguments.some((one) => isFunction(unwrap(one)))) return undefined;
  const target = core.evaluate(call.callee);
  if (target.type === "function") return target.node.async ? "for-sure" : undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return undefined;
  const method = memberName(callee) ?? "";
  if (OF_OTHERS.test(method) && isOfModel(core, callee.object, call)) return "for-sure";
  return isAskedAsOfMapper(core, call, method) ? "by-way-of-asking" : undefined;
}

/** Methods that only mappers have, which give promises, or queries that have to be awaited as well … */
const OF_MAPPERS =
  /^(?:findByPk|findUnique|findUniqueOrThrow|findFirstOrThrow|findOneByOrFail|findOneOrFail|findOneAndUpdate|findByIdAndUpdate|countDocuments)$/u;

/** … and those that other stores have as well, whose answer may be there at once. */
const OF_OTHERS = /^(?:find|findOne|findOneBy|findFirst|findById|findAll)$/u;

/** Packages whose models answer with promises. */
const PACKAGES =
  /^(?:mongoose|mongodb|sequelize(?:-typescript)?|typeorm|@prisma\/client|@nestjs\/(?:mongoose|sequelize|typeorm)|@mikro-orm\/.+)$/u;

const MAPPERS =
  /["'](?:mongoose|sequelize(?:-typescript)?|typeorm|@nestjs\/(?:mongoose|sequelize|typeorm)|@mikro-orm\/[\w-]+)["']/u;

/** `../models`, `./models/user`, `@/entities/user.entity`, `./user.model` */
const OF_MODELS = /(?:^|[/._-])(?:models?|entit(?:y|ies)|schemas?)(?:[/.]|$)/iu;

function isAskedAsOfMapper(core: Core, call: CallNode, method: string): boolean {
  if (OF_MAPPERS.test(method)) return true;
  // A list has a `find` as well, which lodash calls with conditions.
  if (!OF_OTHERS.test(method) || method === "find") return false;
  const file = core.fileOf(call);
  const source = importSource(file.variableOf(rootOf(call.callee)))?.value ?? "";
  const [conditions] = call.arguments;
  const isOfMapper =
    conditions?.type === "ObjectExpression" && propertyValue(conditions, "where") !== undefined;
  return (
    (MAPPERS.test(file.text) && (isOfMapper || enclosingFunction(call)?.async === true)) ||
    (OF_MODELS.test(source) && isOfMapper)
  );
}

/** Is it a model of a mapper: by what made it, by how the file asks it elsewhere, or by the name of a file out of sight? */
function isOfModel(core: Core, model: Node, call: CallNode): boolean {
  return isMadeByMapper(core, model) || isWaitedFor(core, model) || isModelFile(core, model, call);
}

/** `mongoose.model("User", schema)`, `class User extends Model`, `new PrismaClient().user`, here or where it is imported from */
function isMadeByMapper(core: Core, model: Node): boolean {
  if (PACKAGES.test(madeBy(core, model)?.specifier ?? "")) return true;
  if (model.type === "MemberExpression") return isMadeByMapper(core, unwrap(model.object));
  return possibilities(core.evaluate(model)).some(
    (one) =>
      one.type === "class" &&
      isClass(one.node) &&
      one.node.superClass !== null &&
      PACKAGES.test(madeBy(core, one.node.superClass)?.specifier ?? ""),
  );
}

/** `await Member.findOne({ email })` in another place of the file, or with `.then` or `.exec` */
function isWaitedFor(core: Core, model: Node): boolean {
  const path = dottedPath(model)?.join(".");
  const { called } = core.fileOf(model).index;
  return LOOK_UPS.flatMap((name) => called.get(name) ?? []).some((one) => {
    const callee = unwrap(one.callee);
    return (
      callee.type === "MemberExpression" &&
      path !== undefined &&
      dottedPath(callee.object)?.join(".") === path &&
      isAwaited(one)
    );
  });
}

const LOOK_UPS = ["find", "findOne", "findOneBy", "findFirst", "findById", "findAll"];

function isAwaited(call: Node): boolean {
  const by = parentOf(call);
  if (by?.type === "AwaitExpression") return true;
  if (by?.type !== "MemberExpression") return false;
  const name = memberName(by) ?? "";
  const next = parentOf(by);
  if (/^(?:then|exec)$/u.test(name)) return true;
  return next?.type === "CallExpression" && next.callee === by && isAwaited(next);
}

/** `const Member = require("../models/member.model")`, where no such file is in sight: what one holds would tell. */
function isModelFile(core: Core, model: Node, { arguments: [conditions] }: CallNode): boolean {
  if (model.type !== "Identifier" || !/^[A-Z]/u.test(model.name)) return false;
  if (conditions?.type !== "ObjectExpression") return false;
  const file = core.fileOf(model);
  const source = importSource(file.variableOf(model));
  return (
    source !== undefined &&
    /\.model(?:\.[cm]?[jt]s)?$/u.test(source.value) &&
    core.resolve(file, source) === undefined
  );
}
