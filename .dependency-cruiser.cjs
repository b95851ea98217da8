/** Who may import whom: locales ← engine ← desks, db ← server; bot, mail, widget, console import engine and locales only. */
const only = (from, allowed) => ({
  name: `${from}-imports`,
  comment: `${from} may import only: ${[from, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: {
    path: '^(locales|engine|desks|db|server|bot|mail|widget|console)/',
    pathNot: `^(${[from, ...allowed].join('|')})/`,
  },
})

module.exports = {
  forbidden: [
    only('locales', []),
    only('engine', ['locales']),
    only('desks', ['engine', 'locales']),
    only('db', ['engine', 'locales']),
    only('bot', ['engine', 'locales']),
    only('mail', ['engine', 'locales']),
    only('widget', ['engine', 'locales']),
    only('console', ['engine', 'locales']),
    {
      name: 'only-main-wires-the-channels',
      comment:
        'server/main.ts is the only composition root; what a channel asks of the server is named in its ports',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/main\\.ts$' },
      to: { path: '^(bot|mail|widget|console)/', pathNot: '^mail/ports\\.ts$' },
    },
    {
      name: 'the-engine-is-pure',
      comment: 'no I/O, no clock, no randomness in the engine',
      severity: 'error',
      from: { path: '^engine/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'clients-take-the-wire-as-types',
      comment: 'no validator reaches the browser',
      severity: 'error',
      from: { path: '^(widget|console)/' },
      to: {
        path: '^(node_modules/zod|engine/(wire\\w*|calendarSchema|desk)\\.ts)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.json'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}
