import { objectAt } from "../files/variables.ts";
import type { SourceFile } from "../files/source-file.ts";
import { calleeName, memberName, propertyValue, staticKey, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/**
 * An update of a record that is on record already. What it is written is compared with nothing; what chooses the record may
 * be a proof: `User.updateOne({ _id: id, code }, { $unset: { code: 1 } })`.
 */
export interface RecordUpdate {
  /** What chooses the record. */
  readonly chosenBy: Node;
  /** A function that nobody has seen, which may compare what it is told: `updateUser(id, { password })`. */
  readonly isByName: boolean;
}

/** Methods of drivers and object mappers that are told which record is meant, and then what is written to it. */
const OF_DRIVERS =
  /\.(?:find(?:One|ById)And(?:Update|Replace)|(?:update|replace)(?:One|ById)?|updateMany|upsert)$/u;

/** Functions of a program that do, by their names: `updateUser(id, { lastLogin })`, `members.updateById(id, { … })`. */
const BY_NAME = /(?:^|\.)update(?:[A-Z]\w*)?$/u;

/** The update that a call makes, where it says both which record is meant and what is written. */
export function updateOf(file: SourceFile, call: CallNode): RecordUpdate | undefined {
  if (call.type !== "CallExpression") return undefined;
  const name = calleeName(call);
  const [first, second] = call.arguments;
  if (first === undefined) return undefined;
  if (OF_DRIVERS.test(name)) {
    // `prisma.user.update({ where, data })`, and Sequelize's `User.update(values, { where })`
    const where = [first, second].flatMap((one) => {
      const object = objectAt(file, one);
      return object === undefined ? [] : (propertyValue(object, "where") ?? []);
    })[0];
    if (where !== undefined) return { chosenBy: where, isByName: false };
  }
  if (objectAt(file, second) === undefined) return undefined;
  if (OF_DRIVERS.test(name)) return { chosenBy: first, isByName: false };
  return BY_NAME.test(name) ? { chosenBy: first, isByName: true } : undefined;
}

/**
 * The record of which an update gives back the new form, where it is chosen by its identifier alone: `user` of
 * `updated = await User.findByIdAndUpdate(user._id, { lastLogin: new Date() })`, and of `{ where: { id: user.id } }`.
 */
export function changedBy(file: SourceFile, call: CallNode): Node | undefined {
  const update = updateOf(file, call);
  const identifier = update === undefined ? undefined : onlyIdentifier(unwrap(update.chosenBy));
  return identifier?.type === "MemberExpression" && IDENTIFIERS.test(memberName(identifier) ?? "")
    ? identifier.object
    : undefined;
}

function onlyIdentifier(conditions: Node): Node | undefined {
  if (conditions.type !== "ObjectExpression") return conditions;
  const [only, ...more] = conditions.properties;
  if (only?.type !== "Property" || more.length > 0) return undefined;
  return IDENTIFIERS.test(staticKey(only.key, only.computed) ?? "")
    ? unwrap(only.value)
    : undefined;
}

/** What a record alone is called by, and nobody that it refers to. */
const IDENTIFIERS = /^(?:_?id|uid|user_?id)$/iu;
