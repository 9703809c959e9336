import transport from "../../src/rules/no-insecure-transport.ts";
import storage from "../../src/rules/no-token-in-web-storage.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Scripts of pages that a server writes as texts, with what it puts into them. */

const page = (script: string, before = "<html><script>", after = "</script></html>"): string =>
  `import jwt from "jsonwebtoken"; export function callback(req, res) { const token = jwt.sign({ sub: req.user.id }, process.env.KEY, { expiresIn: "1h" }); const answer = { token }; res.send(\`${before}${script}${after}\`); }`;

testRule("no-token-in-web-storage: scripts in texts", storage, {
  valid: [
    page('localStorage.setItem("theme", "${req.user.theme}");'),
    page('localStorage.clear(); show("${token}");'),
    page('localStorage.setItem("step", "1"); show("${token}");'),
    page('document.cookie = "lang=${req.user.lang}";'),
    page('document.cookie = "seen=1; path=/"; show("${token}");'),
    // No script any more, and none at all
    page('localStorage.setItem("token", ', "<script>", "</script><b>${token}</b>"),
    page('localStorage.setItem("token", "${token}")', "<pre>", "</pre>"),
  ],
  invalid: [
    marked(page('localStorage.setItem("token", "${«token»}");'), {
      messageId: "storage",
      data: { name: "localStorage" },
    }),
    marked(page("window.sessionStorage.setItem('jwt', ${«JSON.stringify(token)»});"), {
      messageId: "storage",
      data: { name: "sessionStorage" },
    }),
    marked(page('document.cookie = "token=${encodeURIComponent(«token»)}; Path=/";'), {
      messageId: "cookie",
      data: { name: "document.cookie" },
    }),
  ],
});

const posted = (code: string) =>
  marked(code, { messageId: "anyOrigin", data: { name: "window.opener.postMessage", origin: "" } });

testRule("no-insecure-transport: scripts in texts", transport, {
  valid: [
    page("window.opener.postMessage(${JSON.stringify(answer)}, '${process.env.ORIGIN}');"),
    page('window.opener.postMessage(${JSON.stringify(answer)}, "https://shop.example");'),
    page("window.opener.postMessage(${JSON.stringify(req.user.name)}, '*');"),
    page("window.opener.postMessage('done', '*'); show(${JSON.stringify(answer)});"),
    page("window.opener.postMessage(${JSON.stringify(answer)}, '*')", "<pre>", "</pre>"),
  ],
  invalid: [
    posted(page("window.opener.postMessage(${«JSON.stringify(answer)»}, '*');")),
    posted(page('window.opener.postMessage({ token: "${«token»}" }, "*"); window.close();')),
  ],
});
