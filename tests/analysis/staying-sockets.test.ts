import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Clients without a good token that stay connected. */

const gateway = (connect: string, more = "client.join(room);", beside = ""): string =>
  `import { WebSocketGateway, SubscribeMessage } from "@nestjs/websockets"; import { JwtService } from "@nestjs/jwt"; import jsonwebtoken from "jsonwebtoken"; import worker from "@tsndr/cloudflare-worker-jwt";
@WebSocketGateway() export class NewsGateway {
  constructor(private readonly jwt: JwtService, private readonly rooms: Rooms) {}
  async handleConnection(client: Socket) { ${connect} }
  @SubscribeMessage("enter") enter(client: Socket, room: string) { ${more} }
  ${beside}
}`;

const keep = (
  test = "token",
  kept = "const claims = this.jwt.verify(token); client.data.userId = claims.sub;",
  otherwise = "",
): string =>
  `try { const token = client.handshake.auth.token; if (${test}) { ${kept} } ${otherwise} } catch (error) { client.disconnect(); }`;

const server = (before: string, on: string, more = ""): string =>
  `import jwt from "jsonwebtoken"; import { Server } from "socket.io";
export function serve(http) { const io = new Server(http);
  ${before}
  io.on("connection", (socket) => { ${on} socket.on("enter", (room) => { socket.join(room); ${more} }); });
}`;

const middleware = (test = "token", otherwise = ""): string =>
  `io.use((socket, next) => { const token = socket.handshake.auth.token; if (${test}) { try { socket.data.user = jwt.verify(token, process.env.KEY); } catch (error) { return next(error); } } ${otherwise} next(); });`;

const stays = (code: string, name = "jwt.verify"): InvalidCase =>
  marked(
    code,
    { messageId: "socketStays", data: { name } },
    code.includes("@nestjs") ? { ts: true } : {},
  );

const thrown = (code: string): InvalidCase =>
  marked(code, { messageId: "thrownAtConnection" }, { ts: true });

const typed = (code: string): { code: string; ts: true } => ({ code, ts: true });

testRule("no-unchecked-verification: clients that stay connected", rule, {
  valid: [
    // A message subscribes to what everybody may hear.
    typed(gateway(keep(), "client.join(`match:${room}`);")),
    server(
      "",
      "const { token } = socket.handshake.auth; if (token) { try { socket.user = jwt.verify(token, key); } catch { return socket.disconnect(); } }",
    ).replace("socket.join(room)", 'socket.join("news:" + room)'),
    ...[
      // The missing token is refused, before or otherwise, or by a clock.
      gateway(keep("token", undefined, "else client.disconnect();")),
      gateway(keep("token", undefined, "else { return client.disconnect(true); }")),
      gateway(keep("token", undefined, "if (!token) client.disconnect();")),
      gateway(
        keep(
          "token",
          undefined,
          "setTimeout(() => { if (!client.known) client.disconnect(); }, 500);",
        ),
      ),
      // Somebody asks who it is, or may do so.
      gateway(keep(), "if (client.data.userId) client.join(room);"),
      gateway(keep(), "const { userId } = client.data; this.rooms.enter(userId, room);"),
      gateway(keep(), "this.rooms.enter(client.data, room);"),
      gateway(keep(), "this.rooms.enter(client, room);"),
      gateway(keep(), "this.rooms.enter(socket, room);").replace("enter(client:", "enter(socket:"),
      gateway(keep(), "all(this.server)[0].data.userId = room;"),
      gateway(keep(), undefined, "@UseGuards(Known) @SubscribeMessage('leave') leave() {}"),
      gateway(
        keep(),
        undefined,
        "afterInit(server) { server.use((socket, next) => this.rooms.ask(socket, next)); }",
      ),
      // Something is done for whoever has a token.
      gateway(
        keep("token", "const claims = this.jwt.verify(token); client.join(`user-${claims.sub}`);"),
      ),
      gateway(keep("token", "this.known.add(this.jwt.verify(token).sub);")),
      gateway(keep("token", "this.user = this.jwt.verify(token).sub;")),
      // Strangers are meant, by what they are called.
      gateway(keep(), "this.server.emit('guests', room);"),
      // It is not about the token.
      gateway(keep("this.settings.tokenRequired")),
      gateway(keep("client.handshake.auth.kind === 'user'")),
      // No messages: what the server says may be for everybody.
      gateway(keep()).replace('@SubscribeMessage("enter") ', ""),
      // No connection
      gateway(keep()).replace("handleConnection", "handleEnter"),
    ].map(typed),
    server(middleware(), "", "list(socket.data.user);"),
    server(middleware(), "const { user } = socket.data;"),
    server(middleware("token", "if (!token) return next(new Error('no'));"), ""),
    server(middleware(), "if (!known(socket)) return;"),
    server(`${middleware()} io.use(known);`, ""),
    server(middleware(), "").replace("new Server(http)", "new Server(http, { allowRequest })"),
    server(middleware(), "").replace("new Server(http)", "new Server(http, { verifyClient })"),
    server(middleware(), "").replace('"enter"', '"disconnect"'),
    server(middleware(), "", "socket.emit('list', visitors);"),
    // The messages are heard elsewhere.
    `import jwt from "jsonwebtoken"; export function serve(io) { ${middleware()} }`,
  ],
  invalid: [
    stays(gateway(keep("«token»")), "this.jwt.verify"),
    stays(gateway(keep("«token»"), "client.join(room.name);"), "this.jwt.verify"),
    stays(gateway(keep("«token»", "this.jwt.verify(token);")), "this.jwt.verify"),
    stays(
      gateway(
        keep("«token»", "console.log('in'); client.user = this.jwt.verify(token.split(' ')[1]);"),
      ),
      "this.jwt.verify",
    ),
    stays(gateway(keep("«token»"), "this.server.emit('news', room.data);"), "this.jwt.verify"),
    // What a message says of itself
    stays(gateway(keep("«token»"), "client.join(`user-${room.userId}`);"), "this.jwt.verify"),
    stays(server(middleware("«token»"), "")),
    stays(
      server(
        "",
        "const { token } = socket.handshake.auth; if («token») { try { socket.user = jwt.verify(token, key); } catch { return socket.disconnect(); } }",
      ),
    ),
  ],
});

testRule(
  "no-unchecked-verification: what a gateway of Nest throws at a client that connects",
  rule,
  {
    valid: [
      ...[
        // The client is disconnected.
        "try { this.jwt.verify(client.handshake.auth.token); } catch (error) { client.disconnect(); }",
        "try { this.jwt.verify(client.handshake.auth.token); } catch (error) { client.disconnect(); throw error; }",
        "try { this.jwt.verify(client.handshake.auth.token); } catch (error) { this.disconnect(client); throw error; }",
        "try { this.jwt.verify(client.handshake.auth.token); } catch (error) { await client.close(4401); throw error; }",
        "let ok = false; try { this.jwt.verify(client.handshake.auth.token); ok = true; } catch (error) { throw error; } finally { if (!ok) log(); client.disconnect(!ok); }",
        "try { if (!client.handshake.auth.token) throw new WsException('no'); this.jwt.verify(client.handshake.auth.token); } catch (error) { client.disconnect(); }",
        "const claims = await this.jwt.verifyAsync(client.handshake.auth.token).catch(() => null); if (!claims) client.disconnect();",
        "jsonwebtoken.verify(client.handshake.auth.token, key, (error) => { if (error) client.disconnect(); });",
        "if (!(await worker.verify(client.handshake.auth.token, key))) client.disconnect();",
        // What verifies bare throws as well, but nobody says there that he means to refuse.
        "client.data.user = await this.jwt.verifyAsync(client.handshake.auth.token);",
        // A function that is given the client may send him away.
        "const { token } = client.handshake.auth; if (!token) { this.sayGoodbye(client); throw new WsException(); } client.data.user = token;",
        // Another mistake than the client's
        "if (!this.server) throw new Error('not started'); try { this.jwt.verify(client.handshake.auth.token); } catch (error) { client.disconnect(); }",
        // It is not thrown here.
        "const check = (token) => { if (!token) throw new WsException('no'); }; try { check(client.handshake.auth.token); } catch { client.disconnect(); }",
      ].map((connect) => gateway(connect)),
      // Nest answers what a message throws.
      gateway(
        "log(client);",
        "if (!client.token) throw new WsException('no'); this.jwt.verify(client.token);",
      ),
      gateway("if (!client.token) throw new Error('no');").replace("@WebSocketGateway() ", ""),
      // A decorator may catch it.
      gateway("if (!client.token) throw new Error('no');").replace(
        "async handle",
        "@Disconnects() async handle",
      ),
      gateway("log(client);")
        .replace("@WebSocketGateway() ", "")
        .concat(
          "@WebSocketGateway() class Other { [handleConnection](client) { if (!client.token) throw new Error('no'); } }",
        ),
    ].map(typed),
    invalid: [
      ...[
        "try { this.jwt.verify(client.handshake.auth.token); } catch (error) { «throw new WsException('no');» }",
        "const { token } = client.handshake.auth; if (!token) { «throw new WsException();» } client.data.user = this.jwt.verify(token);",
        "try { await this.users.check(client.handshake.auth.token); } catch (error) { log(error); «throw error;» }",
        "const { token } = client.handshake.auth; if (!token) { «throw new UnauthorizedException();» } client.data.user = await this.users.verify(token);",
        "const { token } = client.handshake.auth; if (!token) «throw new UnauthorizedException();» try { this.jwt.verify(token); } catch { client.disconnect(); }",
      ].map((connect) => thrown(gateway(connect))),
    ],
  },
);
