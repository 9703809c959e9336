import { Elysia } from "elysia";
import { jwt } from "@elysiajs/jwt";
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { HOUR, OTHER_SECRET, SECRET, claimsOf, hs256, now, unsigned } from "../kit/tokens.ts";

interface Instance {
  sign(claims: object): Promise<string>;
  verify(token: string, options?: object): Promise<unknown>;
}

/** What the plugin gives to handlers. */
async function decorated(options: object = {}, name = "jwt"): Promise<Instance> {
  const given: Record<string, unknown>[] = [];
  const plugin = jwt({ secret: SECRET, name, ...options });
  const app = new Elysia().use(plugin).get("/", (context) => {
    given.push(context);
    return "ok";
  });
  await app.handle(new Request("http://localhost/"));
  return given[0]?.[name] as Instance;
}

const good = hs256({ sub: "user", aud: "other", iss: "other", exp: now + HOUR });

function hs512(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part({ alg: "HS512" })}.${part(claims)}`;
  return `${input}.${createHmac("sha512", SECRET).update(input).digest("base64url")}`;
}

describe("@elysiajs/jwt", () => {
  it("verify gives false, and never throws", async () => {
    const { verify } = await decorated();
    expect(await verify(good)).toMatchObject({ sub: "user" });
    expect(await verify(hs256({ sub: "admin" }, OTHER_SECRET))).toBe(false);
    expect(await verify(hs256({ exp: now - HOUR }))).toBe(false);
    expect(await verify(unsigned({}))).toBe(false);
    expect(await verify("no token")).toBe(false);
  });

  it("verify goes by its own options, and not by the plugin's", async () => {
    const { verify } = await decorated({ alg: "HS256", iss: "me", aud: "api" });
    expect(await verify(good)).toMatchObject({ sub: "user" });
    expect(await verify(hs512({ sub: "user" }))).toMatchObject({ sub: "user" });
    expect(await verify(hs512({}), { algorithms: ["HS256"] })).toBe(false);
    expect(await verify(good, { audience: "api" })).toBe(false);
    expect(await verify(good, { issuer: "me" })).toBe(false);
    expect(await verify(good, { aud: "api", iss: "me", algorithm: "HS512" })).toBeTruthy();
  });

  it("signs an expiry where the plugin or the call says so", async () => {
    const { sign } = await decorated();
    expect(claimsOf(await sign({ sub: "1" }))).not.toHaveProperty("exp");
    expect(claimsOf(await sign({ sub: "1", exp: "1h" }))).toHaveProperty("exp");
    const timed = await decorated({ exp: "7d" });
    expect(Number(claimsOf(await timed.sign({})).exp)).toBeGreaterThan(now + HOUR);
    const dated = await decorated({ exp: 3600 });
    expect(claimsOf(await dated.sign({})).exp).toBe(3600);
  });

  it("is called what name says, and needs a secret", async () => {
    expect(await decorated({}, "access")).toHaveProperty("verify");
    await expect(decorated({ secret: "" })).rejects.toThrow();
  });
});
