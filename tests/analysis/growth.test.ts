import { parseForESLint } from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";

/**
 * What is asked for in each function of a file must not look at all of the file: twice the functions are
 * to take twice the time. Clocks differ, so the looks at the nodes are counted: each reads a type or a range.
 */
const SHAPES: Record<string, (number: number) => string> = {
  "handlers that sign": (number) => `
    app.post("/sign${number}", (req, res) => {
      const user = db.find(req.body.id);
      res.json({ token: jwt.sign({ id: user.id }, KEY, { expiresIn: "1h" }) });
    });`,
  "handlers that sign somebody in": (number) => `
    app.post("/login${number}", async (req, res) => {
      const { password } = req.body;
      const user = await User.findOne({ email: req.body.email });
      if (!bcrypt.compare(password, user.password)) return res.status(401).end();
      const token = jwt.sign({ id: user.id }, KEY, { expiresIn: "1h" });
      res.cookie("token", token);
      res.json({ token, user });
    });`,
  "handlers that hand over to a service": (number) => `
    async function enter${number}(form) {
      const user = await User.findOne({ email: form.email });
      return jwt.sign({ id: user.id }, KEY, { expiresIn: "1h" });
    }
    app.post("/login${number}", async (req, res) => {
      res.json({ token: await enter${number}(req.body) });
    });`,
  "passwords that are set by a link": (number) => `
    app.post("/reset${number}", async (req, res) => {
      jwt.verify(req.body.token, KEY);
      await User.updateOne({ email: req.body.email }, { password: hash(req.body.password) });
      res.end();
    });`,
  "handlers that sign what the request asks for": (number) => `
    app.post("/register${number}", async (req, res) => {
      const { email, isAdmin } = req.body;
      const user${number} = await User.create({ email, isAdmin });
      res.json({ token: jwt.sign({ id: user${number}.id, isAdmin: user${number}.isAdmin }, KEY) });
    });`,
  "clients that connect": (number) => `
    io.on("connection", (socket) => {
      const { token, userId } = socket.handshake.auth;
      if (!token) return socket.disconnect();
      online.set(userId, jwt.decode(token).sub);
      socket.on("message${number}", (text) => socket.emit("text", text));
    });`,
  "applications with a guard": (number) => `
    const app${number} = express();
    app${number}.get("/orders", list);
    app${number}.use("/orders", guard);
    app${number}.get("/users", guard, list);`,
  "headers that are handed on": (number) => `
    export function middleware${number}(request) {
      const headers = new Headers(request.headers);
      const token = request.cookies.get("token");
      if (token) headers.set("x-user-id", jwt.verify(token, KEY).sub);
      return NextResponse.next({ request: { headers } });
    }`,
  "functions that verify": (number) => `
    export function read${number}(req) {
      const token = req.headers.authorization;
      return jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }).sub;
    }`,
  "what is only decoded": (number) => `
    export const claims${number} = jwt.decode(config.auth.token);`,
  "handlers behind one guard": (number) => `
    app.get("/read${number}", guard, (req, res) => {
      res.json(jwt.decode(req.headers.authorization).sub);
    });`,
  "settings that are assigned": (number) => `
    config.key${number} = "text";
    app.locals.token = jwt.sign({ sub }, config.key${number});
    use(app.locals.token);`,
  "classes that keep a service": (number) => `
    export class Service${number} {
      constructor(jwtService) { this.jwt = jwtService; }
      check(token) { return this.jwt.verify(token, { secret: KEY }); }
    }`,
  "functions that store a token": (number) => `
    function store${number}(answer) {
      const { access_token } = answer.data;
      console.log(answer);
      localStorage.setItem("token", access_token);
    }`,
};

/** How often the nodes of such a file are looked at. */
function looks(shape: (number: number) => string, times: number): number {
  let count = 0;
  const watch = (node: unknown): void => {
    if (node === null || typeof node !== "object") return;
    for (const [name, value] of Object.entries(node)) {
      if (name === "type" || name === "range") {
        Object.defineProperty(node, name, {
          get: () => {
            count += 1;
            return value as unknown;
          },
        });
      } else if (!/^(?:tokens|comments|parent)$/u.test(name)) watch(value);
    }
  };
  const parser: Linter.Parser = {
    parseForESLint(text, options) {
      const parsed = parseForESLint(text, options as Linter.ParserOptions);
      watch(parsed.ast);
      return parsed as never;
    },
  };
  const code = [
    'import jwt from "jsonwebtoken";',
    "const KEY = process.env.KEY;",
    "const config = load();",
    "function guard(req, res, next) { jwt.verify(req.headers.authorization, KEY); next(); }",
    ...Array.from({ length: times }, (_, number) => shape(number)),
  ].join("\n");
  const messages = new Linter({ configType: "flat" }).verify(code, [
    ...plugin.configs.all,
    { languageOptions: { parser, sourceType: "module" } },
  ]);
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return count;
}

describe("the work that a file takes", () => {
  it.each(Object.entries(SHAPES))("grows as the file does: %s", (_, shape) => {
    const [few, many] = [looks(shape, 40), looks(shape, 160)];
    expect(many / few).toBeLessThan(4.4);
  });
});
