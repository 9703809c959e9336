import { Injectable } from "@nestjs/common";
import { PassportStrategy } from "@nestjs/passport";
import { ExtractJwt, Strategy } from "passport-jwt";

export interface BillingClaims {
  sub: string;
  roles: string[];
}

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({
      jwtFromRequest: ExtractJwt.fromExtractors([
        ExtractJwt.fromAuthHeaderAsBearerToken(),
        ExtractJwt.fromUrlQueryParameter("token"),
      ]),
      ignoreExpiration: false,
      secretOrKey: `${process.env.BILLING_JWT_SECRET}`,
      jsonWebTokenOptions: {
        issuer: "parceldesk-billing",
        audience: "billing",
      },
    });
  }

  validate(payload: BillingClaims) {
    return { id: payload.sub, roles: payload.roles };
  }
}
