/** Where `npm start` listens, and where the commands look for the service. */
const usual = "http://localhost:8787";

const loopback = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * The command that imports a folder of photos into the service of an origin. On the machine of the service the command
 * finds the key itself.
 */
export function importCommand(origin: string): string {
  const command = "npm run import -- ~/Pictures/2024";
  if (origin === usual) return command;
  return `${command} --url ${origin}${loopback.test(origin) ? "" : " --key YOUR_KEY"}`;
}
