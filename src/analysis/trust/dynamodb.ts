import type { Use } from "../flow/use.ts";
import { dottedPath, propertyValue, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** What a request to Amazon DynamoDB does with a value: its calls say it by the names of their parts. */

/** `new PutItemCommand({ Item: { owner: { S: id } } })`, `client.put({ TableName, Item: { owner: id } })` */
export function isPutItem({ by, boxes }: Use): boolean {
  return boxes.includes("Item") && isRequest(by, /^put(?:item)?(?:command)?$/iu);
}

/** `new GetCommand({ Key: { id } })`, `client.query({ TableName, ExpressionAttributeValues: { ":id": id } })` */
export function isAskedItem({ by, boxes }: Use): boolean {
  return (
    boxes.some((box) => box === "Key" || box === "ExpressionAttributeValues") &&
    isRequest(by, /^(?:get|query|scan|update|delete)(?:item)?(?:command)?$/iu)
  );
}

function isRequest(by: Node, named: RegExp): boolean {
  if (by.type !== "NewExpression" && by.type !== "CallExpression") return false;
  const name = dottedPath(by.callee)?.at(-1) ?? "";
  if (!named.test(name)) return false;
  const [given] = by.arguments;
  const input = given === undefined ? undefined : unwrap(given);
  // What a command is given may come from a variable; other clients have methods of the same names.
  return (
    (by.type === "NewExpression" && name.endsWith("Command")) ||
    (input?.type === "ObjectExpression" && propertyValue(input, "TableName") !== undefined)
  );
}
