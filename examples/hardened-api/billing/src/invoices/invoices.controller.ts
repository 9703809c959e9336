import { randomUUID } from "node:crypto";
import { Controller, Get, Param, Post, Req, Res, SetMetadata, UseGuards } from "@nestjs/common";
import { JwtService } from "@nestjs/jwt";
import type { Request, Response } from "express";
import { JwtAuthGuard } from "../auth/jwt-auth.guard";
import { RolesGuard } from "../auth/roles.guard";
import { InvoicesService } from "./invoices.service";

@Controller("invoices")
export class InvoicesController {
  constructor(
    private readonly invoices: InvoicesService,
    private readonly jwtService: JwtService,
  ) {}

  @Get(":id")
  @UseGuards(JwtAuthGuard)
  findOne(@Param("id") id: string) {
    return this.invoices.findOne(id);
  }

  @Post(":id/void")
  @SetMetadata("roles", ["controller"])
  @UseGuards(JwtAuthGuard, RolesGuard)
  void(@Param("id") id: string) {
    return this.invoices.void(id);
  }

  /** Opens the customer portal, which lives on its own subdomain. */
  @Post("portal")
  @UseGuards(JwtAuthGuard)
  portal(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const token = this.jwtService.sign(
      { sub: request.user.id, scope: "portal", token_use: "portal" },
      { expiresIn: "15m", jwtid: randomUUID() },
    );
    response.cookie("portal_session", token, {
      domain: "portal.parceldesk.net",
      httpOnly: true,
      secure: true,
      sameSite: "lax",
      maxAge: 15 * 60 * 1000,
    });
    return { location: "https://portal.parceldesk.net/" };
  }
}
