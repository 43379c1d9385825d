import { standInUrls } from "./network.ts";

/** The app that {@link dropboxEnv} configures. */
export const configuredApp = { key: "app-key", secret: "app-secret", refreshToken: "refresh-token" } as const;

/** Variables and secrets of a service with one provider, `dropbox`, besides those of other kinds. */
export function dropboxEnv(...others: object[]) {
  return {
    STORAGE_PROVIDERS: JSON.stringify([{ name: "dropbox", type: "dropbox" }, ...others]),
    DROPBOX_APP_KEY: configuredApp.key,
    DROPBOX_APP_SECRET: configuredApp.secret,
    DROPBOX_REFRESH_TOKEN: configuredApp.refreshToken,
    DROPBOX_API_URL: standInUrls.apiUrl,
    DROPBOX_CONTENT_URL: standInUrls.contentUrl,
  };
}
