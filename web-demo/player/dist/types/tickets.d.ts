export type Ticket = string | {
    ticket: string;
    use?: string;
    expires_at?: string;
};
/**
 * A ticket: its text alone, which is used once, or the gateway's whole answer to `POST /v1/tickets`.
 *
 * @typedef {string | {ticket: string, use?: string, expires_at?: string}} Ticket
 */
/**
 * Gets tickets from the page. It asks for one before each connect. A ticket for many uses is kept, and renewed before it ends, so that a
 * connection can be opened again while nobody can give a ticket.
 */
export declare class Tickets {
    #private;
    /** @param {() => Ticket | Promise<Ticket>} get @param {import("./environment.js").Environment} environment */
    constructor(get: () => Ticket | Promise<Ticket>, environment: import("./environment.js").Environment);
    /** Returns a ticket for the next connect. Rejects with the reason if there is none. */
    next(): Promise<string>;
    /** Tells that a connection was greeted. */
    accepted(): void;
    /** Forgets the ticket, which was refused. Returns whether another one may be tried: once, until one was accepted. */
    refused(): boolean;
    /** Forgets the ticket, and renews no more. */
    stop(): void;
}
/** Returns the address with a ticket. @param {string} url @param {string} ticket */
export declare function withTicket(url: string, ticket: string): string;
