import { analyze } from "../analysis/analysis.ts";
import type { OpenWire } from "../analysis/sinks/open-wire.ts";
import { openWires } from "../analysis/sinks/wire.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { named, placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds = OpenWire["kind"];

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-insecure-transport",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow tokens and keys on connections that others can read or change",
      group: "handling",
      recommended: "recommended",
      messages: {
        keys: "critical",
        token: "high",
        address: "high",
        socket: "high",
        anyOrigin: "high",
        certificate: "high",
        process: "high",
        switch: "high",
      },
      cwe: ["CWE-319", "CWE-295", "CWE-201"],
      rfc: ["RFC 6750 section 5.3"],
      gate: "token",
      inTests: "off",
    },
    messages: {
      keys: "{{name}} is reached over plain http, so whoever is on the way decides which keys and tokens are good. Use https.{{origin}}",
      token:
        "{{name}} sends a token or asks for one over plain http, so whoever is on the way can use it. Use https.{{origin}}",
      address:
        "This address carries a token over plain http, so whoever is on the way of whoever opens it can use the token. Use https.{{origin}}",
      socket:
        "{{name}} carries a token over a connection that is not encrypted, so whoever is on the way can use it. Use wss or https.{{origin}}",
      anyOrigin:
        "{{name}} sends a token to any origin, so whichever page the other window shows gets it. Name the origin that the token is for.{{origin}}",
      certificate:
        "The certificate of the other side is not checked, so the token goes to whoever answers. Remove rejectUnauthorized, and name a private authority with ca.{{origin}}",
      process:
        "No certificate is checked in this process any more, so tokens go to whoever answers. Remove NODE_TLS_REJECT_UNAUTHORIZED, and name a private authority with NODE_EXTRA_CA_CERTS.{{origin}}",
      switch:
        "{{name}} turns the protection of the connection off, so whoever is on the way can read and replace tokens. Remove it outside development.{{origin}}",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        if (!WIRES.test(context.sourceCode.text)) return;
        const analysis = analyze(context);
        const isNew = oncePerNode();
        for (const wire of openWires(analysis)) report(wire);

        function report({ cause, effect, kind, name }: OpenWire): void {
          const { node, origin } = placeOf(analysis, cause, effect, context.cwd);
          if (!isNew(node)) return;
          context.report({ node, messageId: kind, data: dataOf(kind, named(name), origin) });
        }
      },
    };
  },
});

function dataOf(kind: OpenWire["kind"], name: string, origin: string): Record<string, string> {
  return NAMELESS.has(kind) ? { origin } : { name, origin };
}

const NAMELESS: ReadonlySet<OpenWire["kind"]> = new Set(["address", "certificate", "process"]);

/** Words without which a file opens no connection of the kind. */
const WIRES =
  /(?:http|ws):\/\/|rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|allowInsecureRequests|requireHttps|disableHttpsCheck|strictSsl|jwks|postMessage|fetch|axios|\bio\b|[sS]ocket/u;

export default rule;
