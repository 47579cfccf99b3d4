import { StentorPlayer } from "./player.js";
/**
 * The element `<stentor-player>`: a button that starts and stops, the state in words, and, with the attribute `captions`, the words that are
 * heard. `channel` is the channel's name, `lobby` by default; `gateway` is the gateway's address, by default that of the page. A key, or the
 * address of the worklet, is set as the property `options` before the element is connected. Its player is the property `player`.
 */
export declare class StentorPlayerElement extends HTMLElement {
    #private;
    /**
     * Further options of the player. They may be set before the element is defined.
     *
     * @type {import("./player.js").PlayerOptions}
     */
    options: import("./player.js").PlayerOptions;
    static observedAttributes: string[];
    constructor();
    /** The player of this element; null while the element is in no document. */
    get player(): StentorPlayer | null;
    connectedCallback(): void;
    disconnectedCallback(): void;
    attributeChangedCallback(): void;
}
