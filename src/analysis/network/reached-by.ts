import type { Core } from "../core.ts";
import { objectAt } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import { calleeName, propertyValue } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { must, stringOf } from "../values/value.ts";

/** Who reaches the server of a file at all, as the file itself says. */

/**
 * Do programs of the same machine alone reach it: `app.listen(3000, "127.0.0.1")`, `server.listen("/run/signer.sock")`,
 * `Deno.serve({ hostname: "localhost" }, handler)`? Not where one of several servers is open to others.
 */
export const isOfThisMachine = byObject((core: Core): boolean => {
  const { called } = core.file.index;
  const servers = ["listen", "serve"].flatMap((name) =>
    (called.get(name) ?? []).filter((call) => name === "listen" || isServe(call)),
  );
  return servers.length > 0 && servers.every((call) => listensHere(core, call));
});

/** `Deno.serve(…)`, `Bun.serve(…)`, `serve({ fetch: app.fetch })` of `@hono/node-server` */
function isServe(call: CallNode): boolean {
  return /^(?:(?:Deno|Bun)\.)?serve$/u.test(calleeName(call));
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/iu;

/** The path of a unix socket, or of a pipe of Windows; a number in quotes is a port. */
const SOCKET = /^(?:\.{0,2}\/|\\\\[.?]\\)|\.sock$/u;

function listensHere(core: Core, { arguments: given }: CallNode): boolean {
  const [first, second] = given;
  if (first === undefined) return false;
  const options = given.map((one) => objectAt(core.fileOf(one), one)).find(Boolean);
  if (options !== undefined) {
    const host = propertyValue(options, "host") ?? propertyValue(options, "hostname");
    const path = propertyValue(options, "path") ?? propertyValue(options, "unix");
    return isText(core, host, LOOPBACK) || (host === undefined && isText(core, path, SOCKET));
  }
  return isText(core, first, SOCKET) || isText(core, second, LOOPBACK);
}

function isText(core: Core, written: Node | undefined, form: RegExp): boolean {
  return (
    written !== undefined &&
    must(core.evaluate(written), (value) => form.test(stringOf(value) ?? ""))
  );
}

/**
 * `https.createServer({ key, cert, ca, requestCert: true }, app)`: a connection is made only by who has a certificate of
 * the program's own authority (`rejectUnauthorized` is true unless it is said otherwise).
 */
export const asksForCertificates = byObject(
  (core: Core): boolean =>
    core.file.code.includes("requestCert") &&
    core.file.index.objects.some((object) => {
      const asks = propertyValue(object, "requestCert");
      const refuses = propertyValue(object, "rejectUnauthorized");
      return isTrue(asks) && (refuses === undefined || isTrue(refuses));
    }),
);

function isTrue(written: Node | undefined): boolean {
  return written?.type === "Literal" && written.value === true;
}
