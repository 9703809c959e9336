import { createPrivateKey, randomUUID } from "node:crypto";
import { Injectable, Logger } from "@nestjs/common";
import { ConfigService } from "@nestjs/config";
import { SignJWT } from "jose";

@Injectable()
export class MachineTokenService {
  private readonly logger = new Logger(MachineTokenService.name);

  constructor(private readonly config: ConfigService) {}

  async ledgerToken(): Promise<string> {
    const jti = randomUUID();
    const token = await new SignJWT({ scope: "ledger:write" })
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt" })
      .setIssuer("parceldesk-billing")
      .setAudience("ledger")
      .setSubject("svc-billing")
      .setJti(jti)
      .setIssuedAt()
      .setExpirationTime("10m")
      .sign(this.key("LEDGER_SIGNING_KEY"));
    this.logger.log(`issued ledger token ${jti}`);
    return token;
  }

  async partnerToken(partner: string, tenant: string): Promise<string> {
    const jwt = new SignJWT({ scope: "invoices:read" });
    jwt.setProtectedHeader({ alg: "ES256", typ: "at+jwt" });
    jwt.setIssuer("parceldesk-billing");
    jwt.setAudience(tenant);
    jwt.setSubject(partner);
    jwt.setJti(randomUUID());
    jwt.setIssuedAt();
    jwt.setExpirationTime("10m");
    return jwt.sign(this.key("PARTNER_SIGNING_KEY"));
  }

  private key(name: string) {
    return createPrivateKey(this.config.getOrThrow<string>(name));
  }
}
