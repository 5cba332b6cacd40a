Feature: The service can do no more than it must
  Whoever breaks into a replica must find nothing there to go on with.

  Scenario Outline: A pod that asks for <power> is refused
    When somebody starts a pod like the service's that asks for <power>
    Then the cluster refuses it as a breach of the restricted standard

    Examples:
      | power               |
      | privileged mode     |
      | root                |
      | the host's files    |
      | the host's network  |

  Scenario: The service cannot change its own files
    When a replica tries to write to every folder of its image
    Then it can write to nothing but /tmp

  Scenario: The service holds no credential of the cluster
    When a replica is searched for a credential of the cluster
    Then there is none

  Scenario Outline: The service's account may not <act>
    When the cluster is asked whether the service's account may <act>
    Then the answer is no

    Examples:
      | act            |
      | get secrets    |
      | list pods      |
      | create pods    |
