Feature: The service heals by itself
  Replicas die: by maintenance, by accident, by a fault of their own. Nobody should have to get up for one.

  Scenario: A deleted replica is replaced
    Given customers send 50 requests a second
    When a replica is deleted
    Then it is gone and another is ready in its place within 60 seconds
    And no request failed

  Scenario: A killed process is started again
    Given customers send 50 requests a second
    When the process of a replica is killed
    Then the replica has started it once more and is ready within 60 seconds
    And no request failed later than 5 seconds after it
