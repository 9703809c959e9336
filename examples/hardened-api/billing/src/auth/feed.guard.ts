import { CanActivate, ExecutionContext, Injectable, Logger } from "@nestjs/common";
import { JwtService } from "@nestjs/jwt";
import { WsException } from "@nestjs/websockets";
import type { Socket } from "socket.io";
import type { BillingClaims } from "./jwt.strategy";
import { SessionsService } from "./sessions.service";

@Injectable()
export class FeedGuard implements CanActivate {
  private readonly logger = new Logger(FeedGuard.name);

  constructor(
    private readonly jwtService: JwtService,
    private readonly sessions: SessionsService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const client = context.switchToWs().getClient<Socket>();
    try {
      const claims = await this.jwtService.verifyAsync<BillingClaims>(client.handshake.auth.token);
      if (claims.token_use !== "access") throw new Error("not an access token");
      if (await this.sessions.isRevoked(claims.jti)) throw new Error("token withdrawn");
      client.data.user = { id: claims.sub, roles: claims.roles };
    } catch (error) {
      this.logger.warn(`feed refused: ${error instanceof Error ? error.name : "unknown"}`);
      throw new WsException("unauthorized");
    }
    return true;
  }
}
