export type PageLifeOptions = {
    /**
     * whether volume and mute are kept for the next visit
     */
    keepVolume?: boolean;
    /**
     * whether the screen stays on while the output runs
     */
    wakeLock?: boolean;
    /**
     * whether lock screens and media keys show what is said, and can silence this player
     */
    mediaSession?: boolean;
    /**
     * what they show while nothing is said: the channel
     */
    title?: string;
};
/**
 * @typedef {object} PageLifeOptions
 * @property {boolean} [keepVolume] whether volume and mute are kept for the next visit
 * @property {boolean} [wakeLock] whether the screen stays on while the output runs
 * @property {boolean} [mediaSession] whether lock screens and media keys show what is said, and can silence this player
 * @property {string} [title] what they show while nothing is said: the channel
 */
/** Ties a player to the page and the device around it, for pages that people keep open. Everything is done only if it is asked for. */
export declare class PageLife {
    #private;
    /**
     * @param {import("./player.js").StentorPlayer} player
     * @param {PageLifeOptions} options
     * @param {import("./player-environment.js").Page} [page]
     */
    constructor(player: import("./player.js").StentorPlayer, { keepVolume, wakeLock, mediaSession, title }: PageLifeOptions, page?: import("./player-environment.js").Page);
    /** Lets go of the page and the device. */
    close(): void;
}
