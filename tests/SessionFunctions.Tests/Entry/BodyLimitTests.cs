using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>Whose limit a long body meets: the functions' own, and not that of the server below them.</summary>
public sealed class BodyLimitTests
{
    private const int ServersOwn = 30_000_000;

    [Theory]
    [InlineData(ServersOwn + 1, 201)]
    [InlineData((2 * 16_777_216) + 65_537, 413)]
    public async Task Under_the_Functions_host_a_body_may_be_as_long_as_the_settings_say(int length, int status)
    {
        await using var api = await Api.StartAsync(
            Storage.Memory,
            services => services
                .Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = ServersOwn)
                .UnderFunctionsHost(),
            ("Sessions__MaxDataBytes", "16777216"));

        (await api.SendAsync(new Request("POST", "sessions") { Json = "{}".PadRight(length) })).Is(status);
    }
}
