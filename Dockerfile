# SelfHost as a container: no shell, no package manager, not root, and nothing it needs to write.
# What the page at /docs is made of; without it that page is a plain list.
FROM --platform=$BUILDPLATFORM node:24-alpine AS page
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

# Whatever the image is for, the compiler runs on the machine that builds it; -a says for which processor it compiles beforehand.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
ENV NUGET_PACKAGES=/packages
WORKDIR /source
COPY . .
COPY --from=page /source/node_modules node_modules
RUN --mount=type=cache,target=/packages \
    dotnet publish src/SessionFunctions.SelfHost -c Release -a $TARGETARCH -o /app -p:UseAppHost=false

# The base image has nothing to ask a port with; this is one static binary, and its name decides what it does.
FROM busybox:1.37.0-musl AS probe

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
COPY --from=probe /bin/wget /usr/bin/wget
WORKDIR /app
COPY --from=build /app .
# The diagnostics port is a socket in /tmp, and the file system is read-only.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0
EXPOSE 8080
USER 1654
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["/usr/bin/wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/api/health/live"]
ENTRYPOINT ["dotnet", "SessionFunctions.SelfHost.dll"]
