import { Injectable, Logger, UnauthorizedException } from "@nestjs/common";
import { ConfigService } from "@nestjs/config";
import { PassportStrategy } from "@nestjs/passport";
import { ExtractJwt, Strategy } from "passport-jwt";
import { SessionsService } from "./sessions.service";

export interface BillingClaims {
  sub: string;
  jti: string;
  roles: string[];
  token_use: string;
}

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  private readonly logger = new Logger(JwtStrategy.name);

  constructor(
    config: ConfigService,
    private readonly sessions: SessionsService,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: config.getOrThrow<string>("BILLING_JWT_SECRET"),
      algorithms: ["HS256"],
      issuer: "parceldesk-billing",
      audience: "billing",
      ignoreExpiration: false,
      jsonWebTokenOptions: { maxAge: "15m" },
    });
  }

  async validate(payload: BillingClaims) {
    if (payload.token_use !== "access" || (await this.sessions.isRevoked(payload.jti))) {
      this.logger.warn(`refused ${payload.jti} of ${payload.sub}`);
      throw new UnauthorizedException();
    }
    return { id: payload.sub, roles: payload.roles };
  }
}
