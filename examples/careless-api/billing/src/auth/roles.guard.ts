import { CanActivate, ExecutionContext, Injectable } from "@nestjs/common";
import { Reflector } from "@nestjs/core";
import { JwtService } from "@nestjs/jwt";
import type { Request } from "express";
import type { BillingClaims } from "./jwt.strategy";

@Injectable()
export class RolesGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly jwtService: JwtService,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const required = this.reflector.get<string[]>("roles", context.getHandler()) ?? [];
    const request = context.switchToHttp().getRequest<Request>();
    const [, token = ""] = request.headers.authorization?.split(" ") ?? [];
    const claims: BillingClaims | null = this.jwtService.decode(token);
    return required.every((role) => claims?.roles.includes(role));
  }
}
