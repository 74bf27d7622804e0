/** What a command could not do, for people: what happened and the way out. Becomes two lines and exit status 2. */
export class Failure extends Error {
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.name = "Failure";
    this.help = help;
  }
}
