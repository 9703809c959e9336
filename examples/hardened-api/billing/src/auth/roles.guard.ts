import { CanActivate, ExecutionContext, Injectable } from "@nestjs/common";
import { Reflector } from "@nestjs/core";
import type { Request } from "express";

/** Comes after JwtAuthGuard, whose strategy has put the verified roles on the request. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const required = this.reflector.get<string[]>("roles", context.getHandler()) ?? [];
    const { user } = context.switchToHttp().getRequest<Request>();
    return required.every((role) => user?.roles.includes(role));
  }
}
