# Sourced by ./mvnw: quarkus:dev runs in the profile "dev", which puts the demo's PostgreSQL and simulated Alohub beside the daemon.
# As an argument, since Quarkus reads the profile from the command line.
case " $* " in
  *" quarkus:dev "*) set -- -Pdev "$@" ;;
esac
