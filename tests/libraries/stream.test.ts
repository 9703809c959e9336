import { testRealistic, testTwins } from "../kit/twins.ts";

/** Services whose clients sign tokens with a secret that they are made with. */

const SECRET = '"w8fh2kq0v5m3t7z1x9c4b6n8a2s5d7f1g3h6j9k2l4p7"';

testTwins(
  [
    ...[
      ["StreamChat.getInstance(KEY, ", ")"],
      ["new StreamChat(KEY, ", ", { timeout: 3000 })"],
    ].map(([before = "", after = ""]) => ({
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const chat = ${before}${SECRET}${after};`,
      safe: `export const chat = ${before}process.env.STREAM_SECRET${after};`,
    })),
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `const chat = new StreamChat("k7d2m9q4w1zx", ${SECRET}); export const tokenOf = (user) => chat.createToken(user.id);`,
      // A page has the number of the application alone.
      safe: 'export const chat = new StreamChat("k7d2m9q4w1zx"); export const show = (user) => chat.connectUser(user, tokenProvider);',
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const chat = StreamChat.getInstance(KEY, ${SECRET});`,
      safe: 'export const chat = StreamChat.getInstance(KEY, { baseURL: "https://chat.example.com/w8fh2kq0v5m3t7z1x9c4b6n8a2s5d7f1g3h6" });',
    },
    {
      rule: "no-invalid-lifetime",
      messageId: "dateInMilliseconds",
      vulnerable:
        "export const tokenOf = (id) => new StreamChat(KEY, process.env.SECRET).createToken(id, Date.now() + 3600000);",
      safe: "export const tokenOf = (id) => new StreamChat(KEY, process.env.SECRET).createToken(id, Math.floor(Date.now() / 1000) + 3600);",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        "export const tokenOf = (id) => new StreamChat(KEY, process.env.SECRET).createToken(id, Math.floor(Date.now() / 1000) + 60 * 60 * 24 * 365);",
      safe: "export const tokenOf = (id) => new StreamChat(KEY, process.env.SECRET).createToken(id, Math.floor(Date.now() / 1000) + 60 * 60);",
    },
  ],
  { preamble: 'import { StreamChat } from "stream-chat"; const KEY = process.env.STREAM_KEY;' },
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const client = new StreamClient(KEY, ${SECRET}, { timeout: 3000 });`,
      safe: "export const client = new StreamClient(KEY, process.env.STREAM_SECRET, { timeout: 3000 });",
    },
    ...["generateUserToken", "generateCallToken"].map((name) => ({
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable: `export const tokenOf = (client: StreamClient, user_id: string) => client.${name}({ user_id, validity_in_seconds: 31536000 });`,
      safe: `export const tokenOf = (client: StreamClient, user_id: string) => client.${name}({ user_id, validity_in_seconds: 3600 });`,
    })),
    {
      rule: "no-unverified-claims",
      messageId: "askedIdentity",
      vulnerable:
        'app.post("/token", (req, res) => { res.json({ token: client.generateUserToken({ user_id: req.body.userId }) }); });',
      safe: 'app.post("/token", requireLogin, (req, res) => { res.json({ token: client.generateUserToken({ user_id: req.user.id }) }); });',
      preamble:
        'import express from "express"; import { StreamClient } from "@stream-io/node-sdk"; const app = express(); const client = new StreamClient(process.env.KEY, process.env.SECRET);',
    },
  ],
  {
    preamble: 'import { StreamClient } from "@stream-io/node-sdk"; const KEY = process.env.KEY;',
  },
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const client = stream.connect(KEY, ${SECRET}, APP_ID);`,
      safe: "export const client = stream.connect(KEY, process.env.STREAM_SECRET, APP_ID);",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `const client = new stream.StreamClient(KEY, ${SECRET}, APP_ID); export const tokenOf = (user) => client.createUserToken(user.id);`,
      // With the token of a user.
      safe: "export const clientOf = (token) => stream.connect(KEY, null, APP_ID).setUser({}, token);",
    },
  ],
  { preamble: 'import * as stream from "getstream"; import { KEY, APP_ID } from "./settings.js";' },
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `module.exports = new PushNotifications({ instanceId: process.env.INSTANCE, secretKey: ${SECRET} });`,
      safe: 'module.exports = new PushNotifications({ instanceId: "7a1c64d0-1f0f-4a5e-9f6c-3a2b1c0d9e8f", secretKey: process.env.PUSHER_SECRET });',
    },
    {
      rule: "no-token-logging",
      messageId: "token",
      vulnerable:
        "exports.tokenOf = (user) => { const beams = new PushNotifications({ instanceId, secretKey: process.env.S }); const made = beams.generateToken(user.id); console.log(made); return made; };",
      safe: "exports.tokenOf = (user) => { const beams = new PushNotifications({ instanceId, secretKey: process.env.S }); const made = beams.generateToken(user.id); console.log(user.id); return made; };",
    },
  ],
  {
    preamble: 'const PushNotifications = require("@pusher/push-notifications-server");',
    sourceType: "commonjs",
  },
);

testRealistic(
  "a chat of signed-in users",
  `
import { StreamChat } from "stream-chat";
import express from "express";
import { requireLogin } from "./login.js";

const chat = StreamChat.getInstance(process.env.STREAM_KEY, process.env.STREAM_SECRET);
const app = express();

app.get("/chat/ticket", requireLogin, async (req, res) => {
  await chat.upsertUser({ id: req.user.id, name: req.user.name });
  const exp = Math.floor(Date.now() / 1000) + 3600;
  res.json({ ticket: chat.createToken(req.user.id, exp), key: process.env.STREAM_KEY });
});
`,
);

testRealistic(
  "a page that shows a chat",
  `
import { StreamChat } from "stream-chat";
import { Chat, useCreateChatClient } from "stream-chat-react";

const client = StreamChat.getInstance(process.env.NEXT_PUBLIC_STREAM_KEY);

export async function connect(user) {
  const { token } = await (await fetch("/chat/token")).json();
  await client.connectUser({ id: user.id, name: user.name }, token);
  return client.channel("messaging", "news");
}
`,
);
