# The gateway as an image, around the jar that Maven has built and tested. It is not built a second time in here: the gates
# of `mvn verify` need Node and a browser, and the image would have to load all libraries anew.
#
#     mvn -Psbom package && docker build -t stentor .
#     docker run --rm -p 127.0.0.1:8080:8080 -e GATEWAY_ACCESS_OPEN=true \
#         -e GATEWAY_API_PUBLICADDRESS=http://localhost:8080 stentor                 # for this machine alone
#     docker run --rm stentor --new-key=studio                                       # makes a key, and starts nothing
#
# docs/deployment.md has more. The base needs a JRE 25 on the PATH, glibc and bash.
ARG BASE=eclipse-temurin:25-jre

FROM ${BASE} AS train
# The name is that of the jar in the final image, and so is the folder: the cache holds for the very same paths only.
COPY target/stentor-*.jar /packaged/stentor.jar
RUN java -Djarmode=tools -jar /packaged/stentor.jar extract --destination /app
WORKDIR /app
# The two properties are for the start alone. Classes of jars that are there once more for newer JDKs are left out of a cache: none newer than
# 23, so that Spring reads classes by those that it can hold. And reflection, which nothing uses per request, generates no classes.
# Starts once, speaks and is listened to, and keeps the classes as they were then loaded and linked, and what was compiled.
COPY scripts/image/train.sh /packaged/
RUN /packaged/train.sh stentor.aot --enable-native-access=ALL-UNNAMED -XX:+UseG1GC \
    -Djdk.util.jar.version=23 -Djdk.reflect.useNativeAccessorOnly=true

FROM ${BASE}
ARG VERSION=unversioned
LABEL org.opencontainers.image.title="Stentor" \
    org.opencontainers.image.description="A streaming gateway for synthetic speech: one synthesis, any number of listeners." \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.version="${VERSION}"
RUN groupadd --gid 10001 stentor && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin stentor
WORKDIR /app
# Recordings and uploaded sounds are kept there, all that the gateway writes to. Without a volume of a name they go with the container.
RUN mkdir -p data/archive data/sounds && chown -R 10001:10001 data
# Libraries change seldom: a layer of their own.
COPY --from=train /app/lib/ lib/
COPY --from=train /app/stentor.jar /app/stentor.aot ./
USER 10001:10001
# A JVM leaves out a cache that does not fit, and only logs it. AOTMode=on makes that an error: of this build, not of a later start.
# Without an archive, which would leave the key that signs addresses in the image, the same for everybody who has it.
RUN java --enable-native-access=ALL-UNNAMED -XX:+UseG1GC -Djdk.util.jar.version=23 -Djdk.reflect.useNativeAccessorOnly=true \
    -XX:AOTCache=stentor.aot -XX:AOTMode=on -Dspring.context.exit=onRefresh -Dgateway.archive.max-size=0 -jar stentor.jar
# In a container it must listen on all addresses. Without keys it does not start there, unless GATEWAY_ACCESS_OPEN=true says that the port
# is closed outside: published on 127.0.0.1, or behind a proxy that knows its callers. GATEWAY_API_PUBLICADDRESS must say where clients
# reach it, since the addresses of recordings begin with that.
ENV SERVER_ADDRESS=0.0.0.0
# Half for the heap; the rest for frames in direct buffers, classes, threads. G1 by name: with one CPU or little memory the JVM
# would take the serial collector, whose pauses can be heard. Half of the heap is there at once, and room for the classes: else a start collects
# several times, for a tenth of its processor time.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=50 -XX:InitialRAMPercentage=25 -XX:MetaspaceSize=128m -XX:+UseG1GC -XX:+ExitOnOutOfMemoryError"
VOLUME /app/data
EXPOSE 8080
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-Djdk.util.jar.version=23", "-Djdk.reflect.useNativeAccessorOnly=true", \
    "-XX:AOTCache=stentor.aot", "-jar", "stentor.jar"]
