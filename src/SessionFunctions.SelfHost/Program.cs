using Microsoft.Extensions.Options;
using SessionFunctions;
using SessionFunctions.SelfHost;

try
{
    // The working folder first: there the settings are the ones being edited, not copies from the last build.
    var contentRoot = File.Exists("host.json") ? Environment.CurrentDirectory : AppContext.BaseDirectory;
    var settings = FunctionsHostSettings.Load(typeof(Composition).Assembly, contentRoot, args);
    await using var app = FunctionsHost.Build(settings, builder => builder.Services.AddSessionFunctions(builder.Configuration));
    if (settings.ShowsFunctionKey)
    {
        await Console.Out.WriteLineAsync($"Sessions are kept in memory and end with this process. function key: {settings.FunctionKey}");
    }

    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is HostSettingException or OptionsValidationException or IOException
    or InvalidOperationException { InnerException: FormatException or OverflowException }) // a text that isn't the number or the time that it should be
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
