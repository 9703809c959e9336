import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import type { Use } from "../flow/use.ts";
import { dottedPath, propertyValue, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** What a request to Amazon DynamoDB does with a value: its calls say it by the names of their parts. */

/** `new PutItemCommand({ Item: { owner: { S: id } } })`, `client.put({ TableName, Item: { owner: id } })` */
export function isPutItem(core: Core, { by, boxes }: Use): boolean {
  return boxes.includes("Item") && isRequest(core, by, /^put(?:item)?(?:command)?$/iu);
}

/** `new GetCommand({ Key: { id } })`, `client.query({ TableName, ExpressionAttributeValues: { ":id": id } })` */
export function isAskedItem(core: Core, { by, boxes }: Use): boolean {
  return (
    boxes.some((box) => box === "Key" || box === "ExpressionAttributeValues") &&
    isRequest(core, by, /^(?:get|query|scan|update|delete)(?:item)?(?:command)?$/iu)
  );
}

function isRequest(core: Core, by: Node, method: RegExp): boolean {
  if (by.type !== "NewExpression" && by.type !== "CallExpression") return false;
  const name = dottedPath(by.callee)?.at(-1) ?? "";
  if (!method.test(name)) return false;
  const [given] = by.arguments;
  const named = given === undefined ? undefined : unwrap(given);
  // `const params = { TableName, Item }; client.put(params)`
  const input = named?.type === "Identifier" ? initOf(core.fileOf(named), named) : named;
  // What a command is given may come from a variable; other clients have methods of the same names.
  return (
    (by.type === "NewExpression" && name.endsWith("Command")) ||
    (input?.type === "ObjectExpression" && propertyValue(input, "TableName") !== undefined)
  );
}
