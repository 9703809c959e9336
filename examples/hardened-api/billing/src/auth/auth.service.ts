import { randomBytes, randomUUID } from "node:crypto";
import { Injectable } from "@nestjs/common";
import { JwtService } from "@nestjs/jwt";
import { SessionsService } from "./sessions.service";

export interface Accountant {
  id: string;
  roles: string[];
}

@Injectable()
export class AuthService {
  constructor(
    private readonly jwtService: JwtService,
    private readonly sessions: SessionsService,
  ) {}

  async login(accountant: Accountant) {
    const jwtid = randomUUID();
    await this.sessions.open(accountant.id, jwtid);
    return this.jwtService.sign(
      { sub: accountant.id, roles: accountant.roles, token_use: "access" },
      { jwtid },
    );
  }

  /** The ledger program cannot send headers: it gets an address that works once. */
  async exportUrl(accountant: Accountant, month: string) {
    const ticket = randomBytes(32).toString("base64url");
    await this.sessions.allowExport(ticket, accountant.id, month);
    return `https://billing.parceldesk.net/exports/${ticket}.csv`;
  }
}
