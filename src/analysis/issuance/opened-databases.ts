import type { Core } from "../core.ts";
import { calleeName, dottedPath, memberName, rootOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isSaidByClient } from "../network/request.ts";
import { importSource } from "../values/whole-files.ts";
import { hasWithin } from "../within.ts";

/**
 * Does a call make the client of a database, and ask it for nothing: `new PrismaClient({ datasourceUrl })`, `client.connect()`,
 * `drizzle(c.env.DB)`, `const users = await getUsersCollection();`? Handlers that run on the edge make one for each request.
 * What is told nothing of the request cannot look at who sends it.
 */
export function opensDatabase(core: Core, call: CallNode): boolean {
  const name = calleeName(call);
  const isOpening = CONNECTS.test(name) || isOfPackage(core, call) || isGetter(call);
  return isOpening && !call.arguments.some((one) => tellsOfRequest(core, one));
}

/** By its name: `connectDB()`, `mongoose.connect(url)` */
const CONNECTS =
  /(?:^|\.)(?:connect(?:To)?_?(?:db|data_?base|mongo(?:_?db|ose)?)?|(?:db|mongo|data_?base)_?connect|MongoClient|PrismaClient)$|(?:^|\.)(?:client\.db|getInstance|createClient)$/iu;

/** Packages of which all that is called without anything of the request is on the way to a database. */
const PACKAGES =
  /^(?:@prisma\/.+|pg|postgres|mysql2?(?:\/promise)?|mariadb|mongodb|mongoose|drizzle-orm\/.+|@neondatabase\/serverless|@planetscale\/database|@libsql\/client(?:\/.+)?|@vercel\/postgres|better-sqlite3|sqlite3?|knex|kysely|sequelize|typeorm|ioredis|redis|@upstash\/redis)$/u;

/** What they export to make something with: a class, or a function of a few. */
const MAKES =
  /^(?:[A-Z]\w*(?:Client|Pool|Source|Sequelize|Kysely|Dialect|Adapter|Connection|Database)|Pool|Client|Redis|Kysely|Sequelize|Database|drizzle|neon|postgres|knex|connect|create(?:Pool|Connection|Client)|withAccelerate|with\w*Extension)$/u;

/** The package may have been given another name: `import sqlite from "better-sqlite3"`. */
function isOfPackage(core: Core, { callee }: CallNode): boolean {
  const path = dottedPath(callee);
  const root = rootOf(unwrap(callee));
  if (path === undefined || path.length > 2 || root.type !== "Identifier") return false;
  const source = importSource(core.fileOf(root).variableOf(root))?.value ?? "";
  return PACKAGES.test(source) && (path.length === 1 || MAKES.test(path.at(-1) ?? ""));
}

/** What programs call a function that gives the client, or a part of it. */
const GETTERS =
  /^(?:get|open|init|create|make|use)_?(?:(?:mongo|my|pg|sql|the|app|async)_?)?(?:prisma(?:_?client)?|db|data_?base|pool|knex|drizzle|(?:users?|accounts?|members?)_?(?:collection|repo(?:sitory)?|model))(?:_?(?:client|connection|instance))?$/iu;

/** `getDb()`, `getPrisma(c.env.DATABASE_URL)`, `client.db("app")`, `db.collection("users")`, `prisma.$extends(withAccelerate())` */
function isGetter({ callee }: CallNode): boolean {
  const node = unwrap(callee);
  if (node.type === "Identifier") return GETTERS.test(node.name);
  return (
    node.type === "MemberExpression" &&
    /^(?:db|collection|\$extends)$/u.test(memberName(node) ?? "")
  );
}

/** The request itself, or what it says; of `c.env` that runtimes hand over with it, nobody who asks says anything. */
function tellsOfRequest(core: Core, written: Node): boolean {
  return hasWithin(core, written, (part) => {
    if (isSaidByClient(core, part)) return true;
    return part.type === "Identifier" && REQUEST.test(part.name) && !isOfSettings(part);
  });
}

const REQUEST = /^_?(?:req|request|ctx|context|c|event)$/u;

function isOfSettings(name: Node): boolean {
  const { parent } = name;
  return (
    parent?.type === "MemberExpression" &&
    (parent.object !== name || /^(?:env|platform)$/u.test(memberName(parent) ?? ""))
  );
}
