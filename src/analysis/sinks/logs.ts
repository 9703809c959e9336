import type { Analysis } from "../analysis.ts";
import { calleeName, dottedPath, memberName, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { table } from "../table.ts";
import { madeBy } from "../values/made-by.ts";
import type { Maker } from "../values/made-by.ts";
import { propertyOf } from "../values/members.ts";
import { unbound } from "../values/unbound.ts";
import { may, possibilities, stringOf } from "../values/value.ts";
import { writesLogRecord } from "./log-records.ts";
import { isLoggerByName, writtenElsewhere } from "./own-loggers.ts";
import { isTakenOffLogger, LEVELS, LOGGER_NAME } from "./taken-loggers.ts";

/** A call that writes to a log, a console or a service that collects errors. */
export interface LogCall {
  /** How the code calls it, such as `logger.info`. */
  readonly name: string;
  /**
   * Is the argument written? Loggers drop some of what they are given.
   *
   * @param boxes the properties of the argument under which the value stands
   */
  readonly writes: (argument: Node, boxes: readonly string[]) => boolean;
}

/** How a logger treats its arguments. */
type Manner =
  /** Every argument is written. */
  | "all"
  /** An object first, then the message; more only where the message has placeholders. */
  | "pino"
  /** A text behind the message is dropped unless the format splices it in. */
  | "winston";

interface Logger {
  readonly methods: RegExp;
  readonly manner: Manner;
}

const COMMON: Logger = { methods: new RegExp(`^(?:${LEVELS})$`, "u"), manner: "all" };

/** Packages whose functions and instances write logs. */
const LOGGERS: Readonly<Record<string, Logger>> = table({
  winston: { ...COMMON, manner: "winston" },
  pino: { ...COMMON, manner: "pino" },
  "nestjs-pino": { ...COMMON, manner: "pino" },
  bunyan: COMMON,
  log4js: { methods: new RegExp(`^(?:${LEVELS}|mark)$`, "u"), manner: "all" },
  loglevel: COMMON,
  signale: {
    methods:
      /^(?:await|complete|debug|error|fatal|fav|info|log|note|pause|pending|star|start|success|wait|warn|watch)$/u,
    manner: "all",
  },
  consola: {
    methods: new RegExp(`^(?:${LEVELS}|success|fail|ready|start|box)$`, "u"),
    manner: "all",
  },
  tslog: COMMON,
  roarr: COMMON,
  "@nestjs/common": COMMON,
  "electron-log": COMMON,
  npmlog: COMMON,
  "firebase-functions": COMMON,
  "firebase-functions/logger": COMMON,
});

/** Packages whose export is the function that writes. */
const WRITERS = /^(?:debug|roarr|consola|signale)$/u;

/** Calls of Sentry's packages that send what they are given. */
const SENTRY =
  /^(?:captureMessage|captureException|captureEvent|setContext|setExtras?|setTags?|setUser|setAttributes?|addBreadcrumb|trace|debug|info|warn|error|fatal)$/u;

const CONSOLE =
  /^(?:log|info|warn|error|debug|trace|dir|dirxml|table|group|groupCollapsed|assert)$/u;

/** Loggers of frameworks that are functions themselves: of Sails, of Azure Functions. */
const WRITING_LOGGER = /^(?:sails|context)\.log$/u;

const SPAN_NAME = /^(?:span|\w*Span|scope|Sentry)$/u;
const SPAN_METHODS =
  /^(?:setAttributes?|addEvent|setTags?|setExtras?|setContext|setUser|addBreadcrumb|captureMessage|captureException)$/u;

/** @returns what the call writes, or undefined when it is no log call */
export function logCall(analysis: Analysis, call: CallNode): LogCall | undefined {
  const name = dottedPath(call.callee)?.join(".") ?? "The logger";
  const all: LogCall = { name, writes: () => true };
  const { callee, isShifted } = unbound(analysis.core, call.callee);
  // A logger that is a function itself, from wherever it was handed in.
  if (/^(?:this\.)?_?logger$/u.test(name) && analysis.evaluate(callee).type !== "function")
    return all;
  if (callee.type === "Identifier") {
    if (isConsoleMethod(analysis, callee) || isLoggerByName(analysis.file, callee)) return all;
    if (isTakenOffLogger(analysis.file, callee)) return all;
    const maker = madeBy(analysis.core, callee);
    if (maker !== undefined && WRITERS.test(maker.specifier) && maker.call !== undefined)
      return all;
    const writes = isShifted ? undefined : writtenElsewhere(analysis.core, call);
    return writes === undefined ? undefined : { name, writes };
  }
  if (callee.type !== "MemberExpression") return undefined;
  const method = memberName(callee);
  const receiver = unwrap(callee.object);
  // `console[level](message)`
  if (method === undefined) return isConsole(analysis, receiver) ? all : undefined;
  if (isConsole(analysis, receiver)) {
    if (!CONSOLE.test(method)) return undefined;
    // The first argument of assert is only tested.
    return method === "assert"
      ? { name, writes: (argument) => argument !== call.arguments[0] }
      : all;
  }
  // Which of its arguments another logger writes is told by where they stand.
  if (isShifted) return undefined;
  if (WRITING_LOGGER.test(name)) return all;
  // A field of the record, rather than what it is made with.
  if (writesLogRecord(analysis, call)) return { name, writes: (_, boxes) => boxes.length > 0 };
  const target = analysis.evaluate(callee);
  if (target.type === "function" && analysis.fileOf(target.node) === analysis.file)
    return undefined;
  const maker = madeBy(analysis.core, receiver);
  if (maker !== undefined && isDescribed(maker)) {
    return ofMaker(analysis, call, method, name, maker);
  }
  const holder = dottedPath(receiver)?.at(-1);
  if (holder === undefined) return undefined;
  if (LOGGER_NAME.test(holder) && COMMON.methods.test(method)) {
    // Fastify's is called `log` and is one of pino's.
    const isPino = holder === "log" && receiver.type === "MemberExpression";
    return {
      name,
      writes(argument, boxes) {
        // Loggers are told to leave headers of a request out where they are made, which is out of
        // sight: of `{ req }`, and Fastify's of all that it is given. No text is reached by that.
        const mayBeLeftOut = isPino ? /^(?:headers?|req|request)$/u : /^(?:req|request)$/u;
        if (!isWrittenText(argument) && boxes.some((box) => mayBeLeftOut.test(box))) return false;
        return !isPino || boxes.length > 0 || writtenByPino(call, argument);
      },
    };
  }
  if (SPAN_NAME.test(holder) && SPAN_METHODS.test(method)) return all;
  const writes = writtenElsewhere(analysis.core, call);
  return writes === undefined ? undefined : { name, writes };
}

/** `const log = console.log`, `const { log } = console` */
function isConsoleMethod(analysis: Analysis, callee: Node): boolean {
  const value = analysis.evaluate(callee);
  if (value.type !== "global") return false;
  const [, method] =
    /^(?:(?:window|globalThis)\.)?console\.(\w+)$/u.exec(value.path.join(".")) ?? [];
  return method !== undefined && CONSOLE.test(method);
}

function isDescribed({ specifier }: Maker): boolean {
  return Object.hasOwn(LOGGERS, specifier) || specifier.startsWith("@sentry/");
}

function isConsole(analysis: Analysis, receiver: Node): boolean {
  const value = analysis.evaluate(receiver);
  return (
    value.type === "global" &&
    /^(?:(?:window|globalThis|global|self)\.)?console$/u.test(value.path.join("."))
  );
}

function ofMaker(
  analysis: Analysis,
  call: CallNode,
  method: string,
  name: string,
  maker: Maker,
): LogCall | undefined {
  if (maker.specifier.startsWith("@sentry/")) {
    return SENTRY.test(method) ? { name, writes: () => true } : undefined;
  }
  const logger = LOGGERS[maker.specifier];
  if (!logger?.methods.test(method)) return undefined;
  if (maker.specifier === "@nestjs/common" && !maker.path.some((part) => part.endsWith("Logger"))) {
    return undefined;
  }
  return {
    name,
    writes(argument, boxes) {
      if (!isWrittenText(argument) && isRedacted(analysis, maker, boxes)) return false;
      if (logger.manner === "pino") return writtenByPino(call, argument);
      if (logger.manner === "winston")
        return writtenByWinston(analysis, call, argument, boxes, maker);
      return true;
    },
  };
}

/** `info("token", token)` prints nothing of the token: there is no placeholder for it. */
function writtenByPino(call: CallNode, argument: Node): boolean {
  const position = call.arguments.indexOf(argument as CallNode["arguments"][number]);
  const [first, second] = call.arguments;
  const isMessageFirst = isText(first);
  if (position === 0 || (position === 1 && !isMessageFirst)) return true;
  const message = isMessageFirst ? first : second;
  return message === undefined || !isText(message) || /%[sdifoOjc]/u.test(textOf(message));
}

function isText(node: Node | undefined): boolean {
  return (
    (node?.type === "Literal" && typeof node.value === "string") ||
    node?.type === "TemplateLiteral" ||
    (node?.type === "BinaryExpression" && node.operator === "+")
  );
}

/** A text, or what has been made one: `JSON.stringify({ headers })`. */
function isWrittenText(argument: Node): boolean {
  if (isText(argument)) return true;
  const node = unwrap(argument);
  return node.type === "CallExpression" && /(?:^|\.)(?:stringify|inspect)$/u.test(calleeName(node));
}

function textOf(node: Node): string {
  if (node.type === "Literal") return String(node.value);
  if (node.type === "TemplateLiteral") return node.quasis.map(({ value }) => value.raw).join("");
  return node.type === "BinaryExpression" ? textOf(node.left) + textOf(node.right) : "";
}

function writtenByWinston(
  analysis: Analysis,
  call: CallNode,
  argument: Node,
  boxes: readonly string[],
  maker: Maker,
): boolean {
  const position = call.arguments.indexOf(argument as CallNode["arguments"][number]);
  const callee = unwrap(call.callee);
  const message = callee.type === "MemberExpression" && memberName(callee) === "log" ? 1 : 0;
  if (position <= message || boxes.length > 0 || argument.type === "ObjectExpression") return true;
  const written = maker.call === undefined ? "" : analysis.fileOf(maker.call).text;
  return written === "" || /\bsplat\(|\bsimple\(/u.test(written);
}

/** Options with which loggers leave fields out. */
const REDACTION: Readonly<Record<string, readonly string[]>> = table({
  pino: ["redact", "serializers", "formatters", "hooks"],
  bunyan: ["serializers"],
  tslog: ["mask", "maskValuesOfKeys", "overwrite"],
  signale: ["secrets"],
  winston: ["format"],
});

/**
 * Is the logger told to leave fields out? Texts are not reached by that; which fields it covers is
 * not judged.
 */
function isRedacted(
  analysis: Analysis,
  { specifier, call }: Maker,
  boxes: readonly string[],
): boolean {
  const names = REDACTION[specifier];
  if (boxes.length === 0 || names === undefined || call === undefined) return false;
  const options = call.arguments.map((argument) => analysis.evaluate(argument));
  return options.some((value) =>
    may(value, (one) => {
      if (one.type !== "object") return one.type === "unknown";
      if (one.open) return true;
      return names.some((name) => {
        const property = one.properties.get(name);
        if (property === undefined) return false;
        return name !== "format" || isOwnFormat(analysis, property.node);
      });
    }),
  );
}

/** A format of the program's own may change what is written; those of winston do not. */
function isOwnFormat(analysis: Analysis, property: Node): boolean {
  const { text } = analysis.fileOf(property);
  return /\bformat\(\s*(?:\(|async|function|\w+\s*=>|\w+\s*\))|replacer|redact|mask|sanitize/iu.test(
    text,
  );
}

/** Texts of morgan's formats that print what authorizes a request. */
const MORGAN_TOKENS =
  /:req\[(?:authorization|cookie|x-access-token|x-auth-token)\]|:res\[set-cookie\]/iu;

/** Middleware that writes headers by itself. */
export interface HeaderLog {
  readonly node: Node;
  readonly name: string;
  readonly kind: "format" | "default";
}

export function headerLogs(analysis: Analysis): HeaderLog[] {
  if (!/morgan|pino|express-winston/u.test(analysis.file.text)) return [];
  return analysis.file.index.calls.flatMap((call): HeaderLog[] => {
    const maker = madeBy(analysis.core, call.callee);
    if (maker === undefined || maker.call !== undefined) return [];
    const name = dottedPath(call.callee)?.join(".") ?? maker.specifier;
    const [first] = call.arguments;
    switch (maker.specifier) {
      case "morgan": {
        if (first === undefined) return [];
        const shown = possibilities(analysis.evaluate(first)).find((one) =>
          MORGAN_TOKENS.test(stringOf(one) ?? ""),
        );
        if (shown === undefined) return [];
        return [
          {
            node: analysis.fileOf(shown.node) === analysis.file ? shown.node : first,
            name,
            kind: "format",
          },
        ];
      }
      case "pino-http":
        return isPlain(analysis, first, [
          "redact",
          "serializers",
          "wrapSerializers",
          "logger",
          "quietReqLogger",
        ])
          ? [{ node: call, name, kind: "default" }]
          : [];
      case "express-winston":
        return maker.path.at(-1) === "logger" &&
          isPlain(analysis, first, ["headerBlacklist", "meta", "requestWhitelist", "requestFilter"])
          ? [{ node: call, name, kind: "default" }]
          : [];
      case "nestjs-pino":
        return maker.path.at(-1) === "forRoot" && isPlainNested(analysis, first)
          ? [{ node: call, name, kind: "default" }]
          : [];
      default:
        return [];
    }
  });
}

/** Are the options in sight, and is none of these among them? */
function isPlain(analysis: Analysis, options: Node | undefined, names: readonly string[]): boolean {
  if (options === undefined) return true;
  const value = analysis.evaluate(options);
  return (
    value.type === "object" && !value.open && names.every((name) => !value.properties.has(name))
  );
}

function isPlainNested(analysis: Analysis, options: Node | undefined): boolean {
  if (options === undefined) return true;
  const value = analysis.evaluate(options);
  if (value.type !== "object" || value.open) return false;
  const inner = propertyOf(analysis.core, value, "pinoHttp", options);
  if (inner.type === "literal") return inner.value === undefined;
  return (
    inner.type === "object" &&
    !inner.open &&
    ["redact", "serializers"].every((name) => !inner.properties.has(name))
  );
}
