import { Injectable, NotFoundException } from "@nestjs/common";

export interface Invoice {
  id: string;
  amount: number;
  state: "open" | "paid" | "void";
}

@Injectable()
export class InvoicesService {
  private readonly invoices = new Map<string, Invoice>();

  findOne(id: string): Invoice {
    const invoice = this.invoices.get(id);
    if (!invoice) throw new NotFoundException();
    return invoice;
  }

  void(id: string): Invoice {
    const invoice: Invoice = { ...this.findOne(id), state: "void" };
    this.invoices.set(id, invoice);
    return invoice;
  }
}
