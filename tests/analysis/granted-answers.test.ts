import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** What a token endpoint answers to who names his grant, whatever the program calls it. */

const fetching = (steps: string, body = '{ grant_type: "authorization_code", code }'): string =>
  `export async function exchange(code) { const response = await fetch(endpoint, { method: "POST", body: new URLSearchParams(${body}) }); ${steps} }`;

const axios = (steps: string, body = '{ grant_type: "refresh_token", refresh }'): string =>
  `import axios from "axios"; export async function renew(refresh) { const body = ${body}; const answer = await axios.post(endpoint, body); ${steps} }`;

const found = (code: string) => marked(code, { messageId: "token", data: { name: "console.log" } });

testRule("no-token-logging: answers of token endpoints", rule, {
  valid: [
    // Nothing says that tokens are asked for.
    fetching("const all = await response.json(); console.log(all);", "{ code }"),
    axios("console.log(answer.data);", "{ refresh }"),
    // A refusal
    fetching("if (!response.ok) { const all = await response.json(); console.log(all); }"),
    fetching("if (response.ok) return; console.log(await response.json());"),
    fetching("const all = await response.json(); if (all.error) console.log(all);"),
    axios("if (answer.status !== 200) console.log(answer.data);"),
    // No more than what is around it
    fetching("console.log(response.status, response.ok);"),
    axios("console.log(answer.status, answer.data.expires_in);"),
    // Another call
    `const form = { grant_type: "password" }; export async function list() { const response = await fetch(endpoint); console.log(await response.json()); }`,
    `// grant_type\n${fetching("console.log(await response.json());", "{ code }")}`,
  ],
  invalid: [
    found(fetching("const all = await response.json(); console.log(«all»); return all;")),
    found(fetching("if (response.ok) { console.log(«await response.json()»); }")),
    found(fetching("const all = await response.json(); console.log(«JSON.stringify(all)»);")),
    found(axios("console.log(«answer.data»);")),
    found(axios("if (answer.status === 200) console.log(«answer.data»);")),
    found(
      `import axios from "axios"; export async function renew(refresh) { const form = new URLSearchParams(); form.append("grant_type", "refresh_token"); const { data } = await axios.post(endpoint, form); console.log(«data»); }`,
    ),
    found(
      "export const signIn = (form) => fetch('https://id.example/token', { body: `grant_type=password&user=${form.user}` }).then((response) => response.json()).then((all) => { console.log(«all»); return all; });",
    ),
  ],
});
