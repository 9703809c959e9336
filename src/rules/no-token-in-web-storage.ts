import { analyze } from "../analysis/analysis.ts";
import { sessionMembers } from "../analysis/sinks/auth-js-sessions.ts";
import { keepsToken } from "../analysis/sinks/kept-tokens.ts";
import { keepsParts } from "../analysis/sinks/kept-parts.ts";
import { clientsInStorage } from "../analysis/sinks/identity-clients.ts";
import { persistedStores } from "../analysis/sinks/persisted.ts";
import { declaredTokens } from "../analysis/sinks/storage-hooks.ts";
import { storageWrites } from "../analysis/sinks/storage.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { named } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds = "storage" | "cookie" | "device" | "store" | "client" | "session";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-token-in-web-storage",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow tokens where every script of a page can read them",
      group: "handling",
      recommended: "recommended",
      messages: {
        storage: "high",
        cookie: "high",
        device: "medium",
        store: "high",
        client: "medium",
        session: "medium",
      },
      cwe: ["CWE-922"],
      rfc: ["RFC 6750 section 5.3"],
      gate: "token",
      inTests: "off",
    },
    messages: {
      storage:
        "{{name}} keeps a token where every script of the page can read it, so one injected script takes the session over. Keep the token in memory, or have the server set an httpOnly cookie.",
      cookie:
        "{{name}} sets a cookie from a script, which can never be httpOnly, so every script of the page can read the token in it. Have the server set the cookie.",
      device:
        "{{name}} keeps a token unencrypted on the device, where backups and other programs may read it. Keep it in the keychain of the system.",
      store:
        "This store is written to the browser's storage together with its token, so every script of the page can read it. Leave the token out of what is persisted, or have the server set an httpOnly cookie.",
      client:
        "With {{option}} the client of the identity provider keeps its tokens in localStorage, where every script of the page can read them and where they outlive the tab. Leave it out, or keep them in memory.",
      session:
        "{{name}} becomes part of the session, which every script of the page can ask for, so one injected script takes it along. Keep it in the token of Auth.js, and read it on the server with getToken().",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        if (!STORES.test(context.sourceCode.text)) return;
        const analysis = analyze(context);
        const isNew = oncePerNode();
        const writes = storageWrites(analysis);
        for (const write of writes) {
          const isKept = keepsToken(analysis, write) || keepsParts(analysis, write);
          if (!isKept || !isNew(write.node)) continue;
          context.report({
            node: write.node,
            messageId: write.where,
            data: { name: named(write.name) },
          });
        }
        // What is written in the file says more than where it is kept.
        const isWritten = (key: string): boolean => writes.some((write) => write.key === key);
        for (const { node, name, key } of declaredTokens(analysis)) {
          if (!isWritten(key) && isNew(node))
            context.report({ node, messageId: "storage", data: { name: named(name) } });
        }
        for (const node of persistedStores(analysis)) {
          if (isNew(node)) context.report({ node, messageId: "store" });
        }
        for (const { node, option } of clientsInStorage(analysis)) {
          if (isNew(node)) context.report({ node, messageId: "client", data: { option } });
        }
        for (const { node, name } of sessionMembers(analysis)) {
          if (isNew(node))
            context.report({ node, messageId: "session", data: { name: named(name) } });
        }
      },
    };
  },
});

/** Words without which a file keeps nothing in a browser or on a device, and hands nothing to a page. */
const STORES =
  /localStorage|sessionStorage|setStorage|local-storage|document\.cookie|[cCn]ookie|[lL]ocal_?[sS]torage|[sS]ession_?[sS]torage|AsyncStorage|localforage|(?:Local|Session|With|use)Storage|idb-keyval|@capacitor|@ionic\/storage|native-storage|ngx-webstorage|angular-storage|angular\.module|\$ls\b|mmkv|[pP]ersist|secure-ls|lscache|[lL]ockr|simpleStorage|["']store2?["']|objectStore|["']idb["']|electron-store|["']conf(?:igstore)?["']|cacheLocation|(?:global|workspace)State|: Storage\b|next-auth|@auth\//u;

export default rule;
