import { createPrivateKey, randomUUID } from "node:crypto";
import { Injectable, Logger } from "@nestjs/common";
import { ConfigService } from "@nestjs/config";
import { SignJWT } from "jose";

@Injectable()
export class MachineTokenService {
  private readonly logger = new Logger(MachineTokenService.name);

  constructor(private readonly config: ConfigService) {}

  async ledgerToken(): Promise<string> {
    const token = await new SignJWT({ scope: "ledger:write" })
      .setProtectedHeader({ alg: "ES256" })
      .setIssuer("parceldesk-billing")
      .setAudience("ledger")
      .setSubject("svc-billing")
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(3600)
      .sign(this.key("LEDGER_SIGNING_KEY"));
    this.logger.log(`ledger token ${token}`);
    return token;
  }

  async partnerToken(partner: string, tenant?: string): Promise<string> {
    const jwt = new SignJWT({ scope: "invoices:read" });
    jwt.setProtectedHeader({ alg: "ES256" });
    jwt.setSubject(partner);
    if (tenant) jwt.setAudience(tenant);
    return jwt.sign(this.key("PARTNER_SIGNING_KEY"));
  }

  private key(name: string) {
    return createPrivateKey(this.config.getOrThrow<string>(name));
  }
}
