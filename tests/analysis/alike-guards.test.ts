import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards for administrators that do what the one for everybody does, each next to one that asks for more. */

const JWT = 'import jwt from "jsonwebtoken";\n';

const BODY = `const token = req.headers.authorization?.split(" ")[1];
  if (!token) return res.status(401).json({ message: "no token" });
  try { const claims = jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }); req.user = claims; next(); }
  catch (error) { return res.status(401).json({ message: "bad token" }); }`;

const guard = (name: string, body = BODY): string =>
  `export const ${name} = (req, res, next) => {\n  ${body}\n};\n`;

/** Beside the guard for everybody. */
const beside = (body: string, name = "verifyAdmin"): string =>
  JWT + guard("verifyUser") + guard(name, body);

const swap = (from: string, to: string): string => {
  if (!BODY.includes(from)) throw new Error(`Nothing to change: ${from}`);
  return BODY.replace(from, to);
};

const awaiting = (name: string, text: string): string =>
  guard(
    name,
    `try { req.user = await promisify(jwt.verify)(req.token, process.env.KEY); } catch { return next(new AuthError("${text}")); } next();`,
  ).replace("= (", "= async (");

const found = (name = "verifyAdmin", other = "verifyUser") => ({
  messageId: "roleNotAsked",
  data: { guard: name, other },
});

testRule("no-unchecked-verification: guards that do the same", rule, {
  valid: [
    ...[
      // The role is asked for, or a record, or a function that may.
      swap("next();", 'if (claims.role !== "admin") return res.sendStatus(403); next();'),
      swap("next();", "if (!claims.isAdmin) return res.sendStatus(403); next();"),
      swap("next();", "if (claims.kind !== 7) return res.sendStatus(403); next();"),
      swap("next();", "if (!allowed(claims)) return res.sendStatus(403); next();"),
      swap("req.user = claims", "req.user = Admins.get(claims.id)"),
      swap("req.user = claims", "req.user = new Person(claims)"),
      // Another key, another place, another audience
      swap("process.env.KEY", "process.env.ADMIN_KEY"),
      swap("process.env.KEY", "process.env.OTHER_KEY"),
      swap("process.env.KEY", "keys.second"),
      swap("process.env.KEY", '"second"'),
      swap("process.env.KEY", "`second`"),
      swap('req.headers.authorization?.split(" ")[1]', "req.cookies.session"),
      swap('?.split(" ")', '.split(" ")'),
      swap('["HS256"] }', '["HS256"], audience: "back-office" }'),
      swap("if (!token)", "if (token)"),
      swap("headers.authorization", "headers[kind]"),
      swap("headers.authorization", "headers[authorization]"),
    ].map((body) => beside(body)),
    // Both ask for a role or for a record, whatever it says; both call what nobody sees.
    ...[
      swap("next();", 'if (req.kind !== "role") return res.sendStatus(403); next();'),
      swap("next();", "if (!isAllowed(req.path, claims)) return res.sendStatus(403); next();"),
      swap("req.user = claims", "req.user = new Person(claims)"),
      swap('verify(token, process.env.KEY, { algorithms: ["HS256"] })', "decode(token)"),
      swap("const token =", "const scoped = process.env.SCOPED; const token ="),
    ].map((body) => JWT + guard("verifyUser", body) + guard("verifyAdmin", body)),
    JWT +
      guard("verifyUser", swap("next();", "if (req.kind === 7) return; next();")) +
      guard("verifyAdmin", swap("next();", "if (req.kind !== 7) return; next();")),
    JWT +
      guard("verifyUser", swap("process.env.KEY", "`${process.env.KEY}-first`")) +
      guard("verifyAdmin", swap("process.env.KEY", "`${process.env.KEY}-second`")),
    // They let others in as well, or are no guards for administrators.
    ...["verifyUserOrAdmin", "adminOrOwner", "notAdmin", "adminLogin", "verifyMember"].map((name) =>
      beside(BODY, name),
    ),
    // Two of administrators alone
    JWT + guard("isAdmin") + guard("requireAdmin"),
    JWT + guard("verifyStaff") + guard("verifyAdmin"),
    // It stands beside one that asks, or the file asks behind it.
    `${beside(BODY)} app.get("/rows", verifyAdmin, hasRole("boss"), list);`,
    `${beside(BODY)} export const boss = [verifyAdmin, checkPermission];`,
    `${beside(BODY)} app.get("/rows", verifyAdmin, (req, res) => { if (req.user.role !== "boss") return res.sendStatus(403); res.json(rows); });`,
    `${beside(BODY)} app.get("/rows", verifyAdmin, (req, res) => { if (!allows(req.user.role)) return res.sendStatus(403); res.json(rows); });`,
    `${beside(BODY)} export function list(req, res) { if (req.user.role !== "boss") return res.sendStatus(403); res.json(rows); }`,
    `${beside(BODY)} export function list(req, res) { if (!allows(req.user.role)) return res.sendStatus(403); res.json(rows); }`,
    // It is called for errors.
    beside(BODY).replace("verifyAdmin = (req,", "verifyAdmin = (error, req,"),
    // Neither goes on to a handler, and one verifies two tokens.
    JWT + guard("readUser", swap("next();", "")) + guard("readAdmin", swap("next();", "")),
    JWT +
      guard("verifyUser", `jwt.verify(req.first, key); ${BODY}`) +
      guard("verifyAdmin", `jwt.verify(req.first, key); ${BODY}`),
    { code: beside(BODY), filename: "src/mocks/guards.js" },
    JWT + guard("verifyUser") + guard("verifyMockAdmin"),
    // What it stands for differs.
    `${JWT}const make = (one, two) => { ${guard("verifyUser", swap("process.env.KEY", "one")).replace("export ", "")} ${guard("verifyAdmin", swap("process.env.KEY", "two")).replace("export ", "")} return [verifyUser, verifyAdmin]; };`,
    beside(swap("req.user = claims", "req.user = token")),
  ],
  invalid: [
    ...[
      BODY,
      swap("no token", "administrators only"),
      swap(
        'return res.status(401).json({ message: "bad token" });',
        'console.warn("no admin"); return res.status(403).json({ role: "admin" });',
      ),
    ].map((body) => marked(beside(body, "«verifyAdmin»"), found())),
    // By other names, in other forms
    ...["isAdmin", "adminOnly", "verifyTokenAdmin", "auth_admin"].map((name) =>
      marked(beside(BODY.replaceAll("claims", "decoded"), `«${name}»`), found(name)),
    ),
    marked(
      `${JWT}function verifyToken(req, res, next) { jwt.verify(req.token, key, (error, user) => { if (error) throw new Error("no"); req.user = user; next(); }); }\nfunction «verifyAdmin»(request, reply, next) { jwt.verify(request.token, key, (err, person) => { if (err) throw new AuthError("not an admin"); request.user = person; next(); }); }\nmodule.exports = { verifyToken, verifyAdmin };`,
      found("verifyAdmin", "verifyToken"),
    ),
    marked(
      `${JWT}exports.auth = (req, res, next) => { ${BODY} };\n«exports.admin» = async function (req, res, next) { ${BODY} };`,
      found("admin", "auth"),
    ),
    marked(
      `${JWT}export const guards = { user(req, res, next) { ${BODY} }, «admin»: (req, res, next) => { ${BODY} } };`,
      found("admin", "user"),
    ),
    marked(
      `import { promisify } from "node:util"; ${JWT}${awaiting("verifyUser", "not you")}${awaiting("«verifyAdmin»", "no admin")}`,
      found(),
    ),
    // What is signed into tokens is not asked.
    marked(
      `${beside(BODY, "«verifyAdmin»")} export const issue = (user) => jwt.sign({ id: user.id, role: user.role }, process.env.KEY, { expiresIn: "1h" }); app.get("/rows", verifyAdmin, list);`,
      found(),
    ),
    marked(
      `${JWT}export const verifyUser = (req: Request, res: Response, next: NextFunction): void => { ${swap("req.user", "(req as Asked).user")} };\nexport const «verifyAdmin» = (req: Known, res: Response, next: NextFunction) => { ${swap("req.user", "(req as Known).user")} };`,
      found(),
      { ts: true },
    ),
  ],
});
