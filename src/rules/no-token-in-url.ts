import { analyze } from "../analysis/analysis.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { tokenFinders } from "../analysis/operations/token-finders.ts";
import { askedHosts } from "../analysis/sinks/asked-hosts.ts";
import {
  addressPart,
  hasAddresses,
  isFollowedAtOnce,
  isForQueryService,
  openedAs,
} from "../analysis/sinks/addresses.ts";
import { isEmbedding } from "../analysis/sinks/embedded.ts";
import { insteadOfHeader } from "../analysis/sinks/header-or-query.ts";
import { isForLink, isMailed } from "../analysis/network/mailed.ts";
import {
  handedToVerifier,
  movedToHeader,
  queryReads,
  queryReadsOf,
} from "../analysis/sinks/query-tokens.ts";
import { takenFromAddress } from "../analysis/sinks/page-addresses.ts";
import {
  dottedPath,
  enclosingClass,
  enclosingFunction,
  functionName,
  isFunction,
  parentOf,
  textOf,
} from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import { isSigned } from "../analysis/tokens/source.ts";
import type { Source } from "../analysis/tokens/source.ts";
import { readsStored } from "../analysis/tokens/stored.ts";
import { tokenUses } from "../analysis/tokens/uses.ts";
import type { TokenUse } from "../analysis/tokens/uses.ts";
import { isForOneUse, isJwtName } from "../analysis/tokens/words.ts";
import { isRedeemed } from "../analysis/data/redeemed-tokens.ts";
import { truthiness } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { named } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds =
  | "written"
  | "writtenForSocket"
  | "writtenForEvents"
  | "mailed"
  | "askedHost"
  | "link"
  | "read"
  | "readByPage"
  | "extractor";

interface Options {
  /** Whether to report signed tokens in the links of mails. */
  readonly mailedLinks: boolean;
}

const rule: JwtRule = createRule<[Options], MessageIds>({
  name: "no-token-in-url",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow tokens in addresses",
      group: "handling",
      recommended: "recommended",
      recommendedOptions: [{ mailedLinks: false }],
      messages: {
        written: "high",
        writtenForSocket: "high",
        writtenForEvents: "high",
        mailed: "medium",
        askedHost: "high",
        link: "medium",
        read: "high",
        readByPage: "medium",
        extractor: "high",
      },
      cwe: ["CWE-598"],
      rfc: ["RFC 6750 section 2.3", "RFC 6750 section 5.3"],
      gate: "token",
      inTests: "off",
    },
    messages: {
      written:
        "This address carries a token, and addresses end up in histories, referrers and access logs. Send the token in the Authorization header or in the body.",
      writtenForSocket:
        "This address carries a token, and addresses end up in access logs. Browsers send no header with it: send the token in the first message of the socket, or open it with a ticket that works once.",
      writtenForEvents:
        "This address carries a token, and addresses end up in access logs. An EventSource sends no header with it: let it send a cookie, or read the events with fetch, which takes an Authorization header.",
      mailed:
        "This link carries a token, and addresses end up in histories, referrers and access logs. Use a short code that works once, and look up on the server what it stands for.",
      askedHost:
        "Whoever asks for this mail chooses by {{said}} where its link leads, so the token of somebody else comes to them. Take the host from a setting.",
      link: "This address carries a token in its path, and addresses end up in histories, referrers and access logs. Use a short code that works once, and look up on the server what it stands for.",
      read: "{{name}} accepts a token from the query string, and addresses end up in histories, referrers and access logs. Take the token from the Authorization header, a cookie or the body.",
      readByPage:
        "This page takes a token from its own address, and addresses end up in histories, referrers and access logs. Have the server set a cookie, or give the page a code that works once.",
      extractor:
        "{{name}} lets requests carry their token in the query string, and addresses end up in histories, referrers and access logs. Take the token from the Authorization header or a cookie.",
    },
    schema: [
      {
        type: "object",
        properties: {
          mailedLinks: {
            type: "boolean",
            description:
              "Whether to report signed tokens in the links of mails, for a reset, a confirmation or an invitation.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ mailedLinks: true }],
  },
  create(context) {
    const [{ mailedLinks = true } = {}] = context.options as Partial<[Options]>;
    return {
      Program() {
        if (!ADDRESSES.test(context.sourceCode.text)) return;
        const analysis = analyze(context);
        const isNew = oncePerNode();
        for (const operation of analysis.operations) {
          for (const { node, messageId } of takenFrom(analysis, operation)) {
            if (!isNew(node)) continue;
            context.report({ node, messageId, data: { name: named(operation.name) } });
          }
        }
        for (const node of movedToHeader(analysis)) {
          if (isNew(node))
            context.report({ node, messageId: "read", data: { name: "The Authorization header" } });
        }
        for (const { node, name } of handedToVerifier(analysis)) {
          if (isNew(node)) context.report({ node, messageId: "read", data: { name: named(name) } });
        }
        for (const { node, byPage } of takenFromAddress(analysis)) {
          if (!isNew(node)) continue;
          if (byPage) context.report({ node, messageId: "readByPage" });
          else context.report({ node, messageId: "read", data: { name: "This code" } });
        }
        for (const node of insteadOfHeader(analysis)) {
          if (isNew(node)) context.report({ node, messageId: "read", data: { name: "This code" } });
        }
        for (const { node, said } of askedHosts(analysis)) {
          if (isNew(node)) context.report({ node, messageId: "askedHost", data: { said } });
        }
        if (!hasAddresses(analysis)) return;
        for (const use of tokenUses(analysis)) {
          if (use.held !== "token" && use.held !== "header") continue;
          const part = addressPart(analysis, use);
          if (part === undefined || isForQueryService(analysis, use)) continue;
          if ((part === "path" && isEmbedding(analysis, use)) || !isNew(use.by)) continue;
          // Providers take a token back at such an address, and some in no other way.
          if (/revoke\b/iu.test(context.sourceCode.getText(use.by))) continue;
          const isInMail = isMailed(analysis.core, use.by);
          const isOneTime = isInMail || ONE_TIME.test(context.sourceCode.getText(use.by));
          // What a browser keeps is no name of something else.
          const isKept = !isOneTime && isStored(analysis, use.source);
          const isCode = !isKept && (part === "path" || isOneTime);
          // It may be an opaque name of something, or the code of a link that works once; only a
          // token that is shown to be one counts.
          const isShown =
            isSigned(analysis, use.source) || (!isOneTime && isCalledJwt(use.source.node));
          if ((isCode || isHandedOver(use)) && !isShown) continue;
          // A link has no other place for it; where a browser is sent there, a cookie is one.
          const isLink = isOneTime && (isInMail || !isFollowedAtOnce(analysis, use));
          if (isLink && !mailedLinks) continue;
          const written = WRITTEN[openedAs(analysis, use) ?? "other"];
          const messageId = part === "path" && isCode ? "link" : isCode ? "mailed" : written;
          context.report({ node: use.by, messageId });
        }
      },
    };
  },
});

const WRITTEN = {
  socket: "writtenForSocket",
  stream: "writtenForEvents",
  other: "written",
} as const;

/** Words of links that people are sent, which can carry what they are for in no other way. */
const ONE_TIME =
  /reset|forgot|recover|confirm|verif|(?<!can_?|de)activat(?!ed)|invit|unsubscribe|magic|password/iu;

/** Words without which no address carries a token. */
const ADDRESSES =
  /\?|&|[.'"`]url\b|[pP]arams|\.param\(|query|Query|qs|https?:|\/\$\{|\/["'`]\s*\+|versionOneCompatibility|hapi-auth-jwt2/u;

/** `req.user.jwt` can be the name of nothing else, as `req.user.token` can. */
function isCalledJwt(node: Node): boolean {
  return isJwtName(dottedPath(node)?.at(-1) ?? "");
}

/** `user.tempToken`, unless it is shown to be a token of another kind. */
function isHandedOver({ node }: TokenUse): boolean {
  return isForOneUse(dottedPath(node)?.at(-1) ?? "");
}

/** `localStorage.getItem("token")` */
function isStored(analysis: Analysis, { node }: Source): boolean {
  return node.type === "CallExpression" && readsStored(analysis, node);
}

interface Finding {
  readonly node: Node;
  readonly messageId: "read" | "extractor";
}

/** Where an operation takes its token from, as far as that is the query string. */
function takenFrom(analysis: Analysis, operation: Operation): Finding[] {
  const { kind, node, token, path } = operation;
  switch (kind) {
    case "verify":
    case "decode": {
      if (token === undefined || kind === "decode") return [];
      if (checksLink(analysis, operation) || isRedeemed(analysis.core, token.node)) return [];
      return queryReads(analysis, token.node).map((read) => ({ node: read, messageId: "read" }));
    }
    case "extractor":
      // One of a table of extractors may be any of them.
      return analysis.evaluate(node.callee).type === "entity" &&
        /\.(?:fromUrlQueryParameter|versionOneCompatibility)$/u.test(path)
        ? [{ node, messageId: "extractor" }]
        : ofFinders(analysis, operation);
    case "middleware":
    case "module":
    case "strategy":
      return ofSource(analysis, operation);
    default:
      return [];
  }
}

/**
 * Does a verification, by its key, the function or class around it or the route that it is for, look after the
 * link of a mail: `class InvitationStrategy extends PassportStrategy(Strategy, "invitation")`?
 */
function checksLink(analysis: Analysis, { node, token, key }: Operation): boolean {
  const texts = [token, key].map((one) =>
    one === undefined ? "" : analysis.fileOf(one.node).text.slice(...one.node.range),
  );
  const holder = enclosingClass(node);
  if (holder !== undefined)
    texts.push(analysis.file.text.slice(holder.range[0], holder.body.range[0]));
  for (let at: Node | undefined = node; at !== undefined; at = enclosingFunction(at)) {
    const call = parentOf(at);
    const [route] = call?.type === "CallExpression" ? call.arguments : [];
    texts.push((isFunction(at) ? functionName(at) : undefined) ?? "", textOf(route) ?? "");
  }
  return texts.some((text) => isForLink(text));
}

/** A function or switch that says where requests carry their token. */
function ofSource(analysis: Analysis, operation: Operation): Finding[] {
  const { entity, node } = operation;
  if (entity.queryByDefault === true) {
    const source = operation.option("tokenSource");
    const isOn =
      source.state === "absent" ||
      (source.state === "set" && truthiness(source.setting.value) === true);
    return isOn ? [{ node, messageId: "extractor" }] : [];
  }
  return ofFinders(analysis, operation);
}

/** `fromExtractors([(req) => req.query.token])`: those of another file are reported there. */
function ofFinders(analysis: Analysis, operation: Operation): Finding[] {
  if (checksLink(analysis, operation)) return [];
  return tokenFinders(analysis.core, operation).flatMap((finder) =>
    queryReadsOf(analysis, finder).map((node): Finding => ({ node, messageId: "read" })),
  );
}

export default rule;
