// English texts of a lazy view's own areas; build.mjs makes them.
declare module '*.json?reports,unit,field' { const texts: unknown; export default texts; }
declare module '*.json?staffing' { const texts: unknown; export default texts; }
declare module '*.json?deflection,days' { const texts: unknown; export default texts; }
declare module '*.json?thanks' { const texts: unknown; export default texts; }
declare module '*.json?behind,choose,dates,days' { const texts: unknown; export default texts; }
declare module '*.json?lessons' { const texts: unknown; export default texts; }
declare module '*.json?brands' { const texts: unknown; export default texts; }
declare module '*.json?hours,targets' { const texts: unknown; export default texts; }
declare module '*.json?settings,you,people,mailboxes,saved,notices,outgoing,incoming,message,webhooks,role,field,theme' { const texts: unknown; export default texts; }
declare module '*.json?asker,composer,event,likely,message,pane,queue,rated,row,section,talk' { const texts: unknown; export default texts; }
declare module '*.json?empty,done,conflict,action,saved' { const texts: unknown; export default texts; }
declare module '*.json?answers' { const texts: unknown; export default texts; }
declare module '*.json?access,field' { const texts: unknown; export default texts; }
declare module '*.json?keys,palette,chooser,assign,tags,merge,composer,message,new,notice,notices,field,theme' { const texts: unknown; export default texts; }
declare module '*.json?split' { const texts: unknown; export default texts; }
declare module '*.json?taught' { const texts: unknown; export default texts; }
declare module '*.json?embed,field' { const texts: unknown; export default texts; }
declare module '*.json?erase' { const texts: unknown; export default texts; }
declare module '*.json?ideas,field' { const texts: unknown; export default texts; }
declare module '*.json?why' { const texts: unknown; export default texts; }
declare module '*.json?articles,composer,field' { const texts: unknown; export default texts; }
// The style sheet of a lazy view, as text.
declare module '*.css?inline' { const text: string; export default text; }
