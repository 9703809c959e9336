import { randomUUID } from "node:crypto";
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
    return this.jwtService.sign({ sub: accountant.id, roles: accountant.roles }, { jwtid });
  }

  /** The ledger program cannot send headers, it opens the address as it is. */
  exportUrl(accountant: Accountant, month: string) {
    const token = this.jwtService.sign(
      { sub: accountant.id, scope: "export" },
      { expiresIn: "900", jwtid: randomUUID() },
    );
    return `https://billing.parceldesk.net/exports/${month}.csv?token=${token}`;
  }
}
