import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Logs that are given all headers, of Node's requests and of those of the Fetch API. */

const headers = (code: string, name = "console.log") =>
  marked(code, { messageId: "headers", data: { name } });

/** A handler of SvelteKit. */
const HANDLE = (steps: string): string =>
  `export function handle({ event, resolve }) { ${steps} return resolve(event); } // token`;

/** A handler that says nothing of the framework but what stands in it. */
const HANDLER = (steps: string, type = ""): string =>
  `export async function handle(request${type}) { ${steps} } // token`;

const SHOWN = "console.log(JSON.stringify(request.headers));";

testRule("no-token-logging: headers", rule, {
  valid: [
    // As JSON, headers of the Fetch API are `{}`.
    HANDLE("console.log(JSON.stringify(event.request.headers));"),
    HANDLE("console.log({ path, headers: `${JSON.stringify(event.request.headers)}` });"),
    HANDLE("console.log(JSON.stringify({ path, headers: event.request.headers }));"),
    HANDLE("console.log(JSON.stringify({ ...event.request.headers }));"),
    HANDLE("const sent = event.request.headers; console.log(JSON.stringify(sent));"),
    HANDLE("const sent = { headers: event.request.headers }; console.log(JSON.stringify(sent));"),
    "export const all = (c) => { console.log(JSON.stringify(c.req.raw.headers)); }; // token",
    HANDLER(`${SHOWN} return new Response("ok");`),
    HANDLER(`${SHOWN} return NextResponse.next();`),
    ...["get", "has", "entries", "forEach"].map((method) =>
      HANDLER(`${SHOWN} request.headers.${method}(given);`),
    ),
    HANDLER(
      'const given = request.headers.get("authorization"); console.log(JSON.stringify(request));',
    ),
    { code: HANDLER(SHOWN, ": Request"), ts: true },
    {
      code: `import type { NextRequest } from "next/server"; ${HANDLER(SHOWN, ": NextRequest")}`,
      ts: true,
    },
  ],
  invalid: [
    // A plain object, or what has become one
    headers(HANDLER("console.log(«JSON.stringify(request.headers)»);")),
    headers(HANDLER("console.log(«JSON.stringify(request.headers)»); sent.headers.get(given);")),
    headers(
      HANDLER(
        "console.log(«JSON.stringify(Object.fromEntries(request.headers))»); request.headers.get(given);",
      ),
    ),
    headers(
      HANDLER(
        "const sent = Object.fromEntries(request.headers); console.log(«JSON.stringify(sent)»); request.headers.get(given);",
      ),
    ),
    headers(HANDLE("console.log(«event.request.headers»);")),
    headers(HANDLE("console.log(«[...event.request.headers]»);")),
    {
      ...headers(
        `import type { Request } from "express"; ${HANDLER("console.log(«JSON.stringify(request.headers)»);", ": Request")}`,
      ),
      ts: true,
    },
  ],
});
