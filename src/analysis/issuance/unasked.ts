import type { Core } from "../core.ts";
import { isLogCall, isLogged } from "../logging.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { formOf, isPartOfSchema } from "../network/forms.ts";
import { readOfField } from "../network/request-fields.ts";
import { isAnswerToEvent, readOfEvent } from "../network/h3.ts";
import { isBodyRead } from "../network/oak.ts";
import { isSaidByClient, saidByClient } from "../network/request.ts";
import { asksInSteps } from "../network/schema-steps.ts";
import { isAnswerOnSocket } from "../network/socket-events.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  isNullish,
  memberName,
  parentOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { insideCall } from "../values/call-context.ts";
import { madeHere } from "../values/made-by.ts";
import { hasWithin } from "../within.ts";
import { askedFor } from "../data/asked-records.ts";
import { isWrittenToMap } from "../data/written-maps.ts";
import { COMPARED_PROOF, comparesProof, SAYS_PROOF } from "./comparisons.ts";
import { isFormCheck } from "./form-checks.ts";
import { isMereWrite } from "./mere-writes.ts";
import { opensDatabase } from "./opened-databases.ts";
import { isJoined, isLookedUpBySecret } from "./secret-keys.ts";
import { readsWhoAsks } from "./who-asks.ts";
import { isJarWritten, writesCookie } from "./written-cookies.ts";

/** How many functions of the program are looked into from a handler, one inside of the other. */
const MAX_HOPS = 3;

/**
 * Does nothing in a function ask who has sent the request: no password is compared, nothing is looked up, no
 * session and no header is read, and every call is one that is known to ask nothing? Whatever is not known
 * may ask.
 */
export function asksNothing(
  core: Core,
  owner: FunctionNode,
  known: Known,
  hops = MAX_HOPS,
): boolean {
  const isTold = owner.params.some((given) =>
    hasWithin(core, given, (node) => node.type === "Property" && readsWhoAsks(core, node)),
  );
  return !isTold && !hasWithin(core, owner.body, (node) => mayAsk(core, node, known, hops));
}

export interface Known {
  /** A verification whose claims nobody reads says only that there is some token. */
  readonly operations: readonly Operation[];
  /** Calls and comparisons of which the one who asks knows that they are no proof. */
  readonly isHarmless?: ((core: Core, node: Node) => boolean) | undefined;
  /** What the request brings is compared with what is written in the code alone, and that is no proof. */
  readonly isWrittenKnown?: true;
}

function mayAsk(core: Core, node: Node, known: Known, hops: number): boolean {
  if (known.isHarmless?.(core, node) === true) return false;
  switch (node.type) {
    case "CallExpression":
    case "NewExpression":
      return !isKnownCall(core, node, known, hops);
    case "BinaryExpression":
      return (
        // `diff |= a.charCodeAt(at) ^ b.charCodeAt(at)` takes as long for each text.
        /^[!=]==?$|^in$|^\^$/u.test(node.operator) &&
        comparesProof(core, [node.left, node.right], known.isWrittenKnown === true)
      );
    case "SwitchStatement":
      return (
        COMPARED_PROOF.test(saidByClient(core, node.discriminant) ?? "") ||
        node.cases.some(
          ({ test }) =>
            test !== null &&
            isSaidByClient(core, test) &&
            comparesProof(core, [node.discriminant, test], known.isWrittenKnown === true),
        )
      );
    case "MemberExpression":
      return (readsWhoAsks(core, node) && !isOfAddress(node)) || isLookedUpBySecret(core, node);
    case "Property":
      return readsWhoAsks(core, node);
    case "YieldExpression":
    case "TaggedTemplateExpression":
    case "WithStatement":
      return true;
    case "ForOfStatement":
      return hasWithin(core, node.body, (one) => CHOOSES.test(one.type));
    default:
      return false;
  }
}

/** What tells one round of a loop from another; what does the same with each says nothing of who asks. */
const CHOOSES = /^(?:If|Switch|Return|Throw|Break|Continue)Statement$|^(?:Conditional|Logical)/u;

export function saysClient(core: Core, written: Node): boolean {
  return hasWithin(core, written, (part) => isSaidByClient(core, part));
}

/** Methods that look at a text, a list or a promise. */
const OF_VALUES =
  /\.(?:split|trim|replace|replaceAll|toLowerCase|toUpperCase|toString|slice|substring|push|add|join|concat|fill|flat|reverse|sort|keys|values|entries|repeat|padStart|padEnd|charAt|charCodeAt|codePointAt|substr|normalize|at|map|flatMap|forEach|reduce|filter|then|catch|finally|json|text|formData|isEmpty|array|getTime|toISOString|toFixed)$/u;

/** Functions of the platform, and of what makes keys and answers. */
const OF_PLATFORM =
  /^Promise\.all(?:Settled)?$|^(?:Deno\.env|JSON|Date|Math|Object(?!\.is$)|Number|BigInt|String|Boolean|Buffer|Array|console|process|[bB]oom|create(?:Http)?Error)(?:\.|$)|^(?:\w+\.)*ObjectId$|^(?:parseInt|parseFloat|require|json|next|redirect|permanentRedirect|notFound|fail|error|revalidate(?:Path|Tag)|uuid(?:v4)?|nanoid|validationResult|h\.response)$|\.(?:encode|randomUUID|randomBytes|readFileSync|createSecretKey|createPrivateKey|importPKCS8|redirect|throw|setCookie|setHeader|serialize|initializeApp)$/u;

/** Classes of errors, answers and values: `new HttpError(400)`, `UnauthorizedException()`; `deniedResponse(request)` may ask. */
const CLASSES =
  /(?:^|\.)(?:[A-Z]\w*)?(?:Error|ErrorHandler|Exception|Response|TextEncoder|URL|SignJWT|Date)$/u;

/** What makes the hash of a password: whoever asks by one compares it, or looks somebody up by it. */
const HASHES = /(?:^|\.)(?:hash(?:Sync)?|gen_?salt(?:Sync)?|hash_?pass(?:word|wd)?(?:Sync)?)$/iu;

/** Methods that say which form a text has. */
const OF_FORMS =
  /\.is(?:Email|MobilePhone|Numeric|Alphanumeric|Length|URL|UUID|Mongo_?Id|Valid_?Object_?Id)$|ObjectId\.isValid$/iu;

/** Names that say that something is asked, whatever they end in. */
const ASKS =
  /check|verif|valid(?!ationResult)|authentic|log_?in|sign_?in|compare|match|find|look_?up/iu;

function isKnownCall(core: Core, call: CallNode, known: Known, hops: number): boolean {
  const { operations } = known;
  const operation = operations.find(({ node }) => node === call);
  // A client that is made by a key asks nobody: `StreamChat.getInstance(key, secret)`.
  if (operation?.kind === "module" && operation.entity.returns !== undefined) return true;
  if (operation !== undefined)
    return operation.kind === "sign" || (operation.kind === "verify" && isUnread(core, operation));
  // `new SignJWT(…).setIssuedAt()`: the chain of one that signs.
  if (operations.some(({ kind, node }) => kind === "sign" && isCalleeOf(call, node))) return true;
  const answers = responseCalls(call);
  if (answers.length > 0) return !answers.some((one) => MAY_REFUSE.test(one.name));
  if (isLogCall(call) || opensDatabase(core, call) || isMereWrite(core, call)) return true;
  if (isFormCheck(core, call)) return true;
  if (
    isCrossOrigin(core, call) ||
    isBodyRead(call) ||
    readOfField(core.fileOf(call), call) !== undefined ||
    isOfEvent(core, call) ||
    isAnswerOnSocket(core.fileOf(call), call) ||
    isWrittenToMap(core.fileOf(call), call) ||
    writesCookie(core, call) ||
    isJarWritten(core, call)
  )
    return true;
  const name = calleeName(call);
  const file = core.fileOf(call);
  if (/\.(?:includes|indexOf|has|startsWith|endsWith)$/u.test(name))
    return (
      !SAYS_PROOF.test(file.text.slice(...call.range)) &&
      !isOfSomebody(core, call) &&
      !call.arguments.some((one) => isJoined(core, unwrap(one)))
    );
  if (HASHES.test(name) || OF_FORMS.test(name) || isExpressionTest(core, call) || isAddress(call))
    return true;
  // A schema may be made where it is used.
  if (formOf(file, call) !== undefined || isPartOfSchema(file, call))
    return !asksInSteps(core, call.callee);
  // What is handed a function by its name does what that does.
  if (OF_VALUES.test(name)) return call.arguments.every((one) => !isNamedFunction(core, one));
  if (/^(?:\w+\.)?(?:auth|app|getAuth|getApp)$/u.test(name)) return isOfFirebase(call, name);
  if ((OF_PLATFORM.test(name) || CLASSES.test(name)) && !ASKS.test(name)) return true;
  // `callback(null, { statusCode: 200 })`
  if (name === "callback")
    return call.arguments.length < 2 || call.arguments.slice(0, 1).every((one) => isNullish(one));
  const target = core.evaluate(call.callee);
  // `token = njwt.create(claims, key); token.setExpiration(time)`
  if (target.type === "entity") return TELLS.test(target.library.entities[target.path]?.kind ?? "");
  if (target.type !== "function" || hops === 0) return false;
  const inner = insideCall(core, target.node, call);
  return inner !== undefined && asksNothing(inner, target.node, known, hops - 1);
}

/** `auth().createCustomToken(uid)`, `admin.auth()`; `await auth()` of Auth.js, and Clerk's, finds out who asks. */
function isOfFirebase({ arguments: given, parent }: CallNode, name: string): boolean {
  return given.length === 0 && (name !== "auth" || parent.type === "MemberExpression");
}

/**
 * `cors(options)(req, res, () => …)` of the package `cors`, also by a variable: it tells browsers who may read the answer,
 * and refuses nobody.
 */
function isCrossOrigin(core: Core, { callee }: CallNode): boolean {
  return madeHere(core, callee)?.specifier === "cors";
}

/** `await readBody(event)`, `setCookie(event, "token", token)`; a header and a cookie may be the proof. */
function isOfEvent(core: Core, call: CallNode): boolean {
  const file = core.fileOf(call);
  return (
    isAnswerToEvent(file, call) ||
    (/^event\.(?:body|query|params)(?:\.|$)/u.test(readOfEvent(file, call)?.place ?? "") &&
      !call.arguments.slice(1).some((validator) => asksInSteps(core, validator)))
  );
}

/** What libraries describe that makes something of what it is told, and looks at nothing. */
const TELLS = /^(?:create|setter)$/u;

/**
 * `user.refreshTokens.includes(req.body.token)`, also of what is made of it (`user.seeds.split(",")`, `[req.uid, ...req.wards]`):
 * what is looked for in the list of one user says whose it is.
 */
function isOfSomebody(core: Core, { callee, arguments: given }: CallNode): boolean {
  if (!given.some((one) => isSaidByClient(core, one))) return false;
  const method = unwrap(callee);
  const list = method.type === "MemberExpression" ? method.object : method;
  return !isSaidByClient(core, list) && hasWithin(core, list, (part) => isHeldInside(core, part));
}

/** A name that holds something of this call, and no list that is written there. */
function isHeldInside(core: Core, part: Node): boolean {
  if (part.type !== "Identifier") return false;
  const file = core.fileOf(part);
  const [definition] = file.variableOf(part)?.defs ?? [];
  const isInside = definition !== undefined && enclosingFunction(definition.name) !== undefined;
  return isInside && initOf(file, part)?.type !== "ArrayExpression" && !isSaidByClient(core, part);
}

/** `req.get("host")`: how the server is called, and by what; nobody proves anything with it. */
function isAddress(call: CallNode): boolean {
  return (
    /\.(?:get|header)$/u.test(calleeName(call)) && ADDRESSES.test(textOf(call.arguments[0]) ?? "")
  );
}

/** `req.headers` of `req.headers["user-agent"]` */
function isOfAddress(node: Node): boolean {
  const read = parentOf(wrapped(node));
  return read?.type === "MemberExpression" && ADDRESSES.test(memberName(read) ?? "");
}

const ADDRESSES =
  /^(?:host|origin|referr?er|user-agent|accept(?:-language)?|content-(?:type|length)|x-forwarded-(?:host|proto))$/iu;

/** `/^\d{6}$/.test(otp)` says which form a text has. */
function isExpressionTest(core: Core, { callee }: CallNode): boolean {
  const method = unwrap(callee);
  if (method.type !== "MemberExpression" || memberName(method) !== "test") return false;
  const held = unwrap(method.object);
  const made = held.type === "Identifier" ? initOf(core.fileOf(held), held) : held;
  return (
    (made?.type === "Literal" && "regex" in made) ||
    (made?.type === "NewExpression" && calleeName(made) === "RegExp")
  );
}

function isNamedFunction(core: Core, argument: Node): boolean {
  const node = unwrap(argument);
  if (node.type !== "Identifier" && node.type !== "MemberExpression") return false;
  return (
    core.evaluate(node).type === "function" || /then|catch|finally|map|filter/u.test(calledBy(node))
  );
}

function calledBy(argument: Node): string {
  const call = parentOf(wrapped(argument));
  return call?.type === "CallExpression" ? calleeName(call) : "";
}

function isCalleeOf(call: Node, end: CallNode): boolean {
  return (
    contains(end.callee, call) && end.callee !== call && !end.arguments.includes(call as never)
  );
}

/** `jwt.verify(token, key);`, `jwt.verify(token, key, (error) => …)`: whose token it is, nobody asks. */
export function isUnread(core: Core, { node, token, key, callback }: Operation): boolean {
  const settings = node.arguments.filter((one) => one !== token?.node && one !== callback?.node);
  if ([...settings, ...(key === undefined ? [] : [key.node])].some((one) => isOfAsked(core, one)))
    return false;
  const claims = callback?.function?.params[1];
  if (callback !== undefined) {
    if (callback.function === undefined) return false;
    return claims === undefined || (claims.type === "Identifier" && isOnlyTested(core, claims));
  }
  const last = node.arguments.at(-1);
  // What nobody can see may be a callback.
  if (
    last !== undefined &&
    node.arguments.length > 2 &&
    !OPTIONS.test(core.fileOf(last).text.slice(...last.range))
  )
    return false;
  const holder = parentOf(wrapped(node));
  if (holder?.type === "VariableDeclarator")
    return holder.id.type === "Identifier" && isOnlyTested(core, holder.id);
  return holder?.type === "ExpressionStatement" || isTested(node);
}

/** Methods that a program gives to its answers, and that may refuse by themselves: `reply.assertInternal()`. */
const MAY_REFUSE = /^(?:assert|ensure|require|check|verify|authenticate|authorize|guard|protect)/u;

const OPTIONS = /^\{|option|opts|config/iu;

/** A key that is chosen by whom the request names, or made of his record, is a proof of it, and so is a subject. */
function isOfAsked(core: Core, setting: Node): boolean {
  const init = setting.type === "Identifier" ? initOf(core.fileOf(setting), setting) : undefined;
  return [setting, ...(init === undefined ? [] : [init])].some((written) =>
    hasWithin(
      core,
      written,
      (part) =>
        isSaidByClient(core, part) ||
        (part.type === "Identifier" && askedFor(core, part) !== undefined),
    ),
  );
}

/** Nobody reads what a name holds but to find out whether there is anything: `if (!claims) return refuse();` */
function isOnlyTested(core: Core, name: Node): boolean {
  return readsOf(core.fileOf(name), name).every((read) => isTested(read));
}

function isTested(read: Node): boolean {
  const node = wrapped(read);
  const by = parentOf(node);
  switch (by?.type) {
    case "UnaryExpression":
      return by.operator === "!" || isLogged(read);
    case "IfStatement":
      return by.test === node;
    case "BinaryExpression":
      return [by.left, by.right].some(isNullish);
    default:
      // `console.log("changed", claims.sub)`
      return isLogged(read);
  }
}
